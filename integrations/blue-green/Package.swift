// swift-tools-version: 6.2
import PackageDescription

// An example of linking wafcast as a library. A project of its own would name the repository's
// address and a version here in place of the path.
let package = Package(
  name: "blue-green",
  dependencies: [.package(name: "wafcast", path: "../..")],
  targets: [
    .executableTarget(
      name: "verify-deployment",
      dependencies: [.product(name: "Wafcast", package: "wafcast")],
      swiftSettings: [.treatAllWarnings(as: .error)])
  ],
  swiftLanguageModes: [.v6]
)
