import Foundation
import TestSupport
import Testing
import TrafficReading
import WAFTraffic

@Suite struct TrafficInputTests {
  @Test func directoriesAreListedInOrder() throws {
    let directory = try TemporaryDirectory()
    for name in [
      "b/2.log", "b/10.log", "a.json", "B.json", ".hidden", ".git/x", "_SUCCESS", "x.crc",
    ] {
      try directory.write(name, "{}")
    }
    try directory.write("empty.json", "")
    let names = try TrafficInput(paths: [directory.path]).sources.map(\.name)
    #expect(names == ["B.json", "a.json", "b/10.log", "b/2.log"].map { "\(directory.path)/\($0)" })
    #expect(try TrafficInput(paths: [directory.path + "/"]).sources.count == 4)
  }

  @Test func linksDoNotLoop() throws {
    let directory = try TemporaryDirectory()
    let file = try directory.write("a.json", "{}")
    for (name, target) in [("loop", directory.path), ("b.json", file), ("dead", "/nowhere/x")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(directory.path)/\(name)", withDestinationPath: target)
    }
    let names = try TrafficInput(paths: [directory.path]).sources.map(\.name)
    #expect(names == ["a.json", "b.json"].map { "\(directory.path)/\($0)" })
  }

  @Test func orderOfPathsIsKept() throws {
    let directory = try TemporaryDirectory()
    let first = try directory.write("z", "{}")
    let second = try directory.write(".named", "")
    let input = try TrafficInput(paths: [first, "-", second])
    #expect(input.sources == [.file(first), .standardInput, .file(second)])
    #expect(input.sources[1].name == "standard input")
  }

  @Test func faultsAreErrors() {
    #expect(throws: TrafficInputError.missing(path: "/nowhere/x")) {
      try TrafficInput(paths: ["/nowhere/x"])
    }
    #expect(throws: TrafficInputError.standardInputTwice) {
      try TrafficInput(paths: ["-", "-"])
    }
  }
}
