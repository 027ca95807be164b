// swift-tools-version: 6.2
import PackageDescription

// Compares which regular expressions wafcast and Hyperscan take. A package of its own, so that
// nothing of wafcast depends on Hyperscan: `make regex-oracle` builds it where libhyperscan-dev is
// installed.

let package = Package(
  name: "regex-oracle",
  dependencies: [.package(name: "wafcast", path: "../..")],
  targets: [
    .systemLibrary(
      name: "CHyperscan", pkgConfig: "libhs", providers: [.apt(["libhyperscan-dev"])]),
    .executableTarget(
      name: "RegexOracle",
      dependencies: ["CHyperscan", .product(name: "Wafcast", package: "wafcast")]),
  ],
  swiftLanguageModes: [.v6]
)
