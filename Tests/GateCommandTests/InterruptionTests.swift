import Foundation
import TestSupport
import Testing

/// A run that is interrupted tells what it has found, and says so.
@Suite struct InterruptionTests {
  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func aPartialReport(signal: Int32, status: Int32) throws {
    let repository = try Repository([
      "old.json": Gate.acl([]), "new.json": Gate.acl([Gate.rule("a", 0, Gate.contains("/admin"))]),
    ])
    // A pipe that is not closed: the run waits for more until the signal comes.
    let pipe = Pipe()
    let process = Process()
    process.executableURL = try BuiltProgram("wafcast").url
    process.arguments = ["diff", "old.json", "new.json", "-", "--report", "json=out.json"]
    process.currentDirectoryURL = URL(fileURLWithPath: repository.folder.path)
    process.standardInput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    var text = ""
    while text.utf8.count < 6_000_000 { text += Gate.traffic }
    // More than a pipe holds: once this is written, the run has begun.
    try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    kill(process.processIdentifier, signal)
    // A reader that waits in vain sees the end of its input; nothing else would wake it.
    Thread.sleep(forTimeInterval: 0.3)
    try pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == status)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(try repository.read("out.json").utf8))
        as? [String: Any])
    #expect(report["outcome"] as? String == "partial")
    #expect(report["partial"] as? Bool == true)
    #expect((report["verdict"] as? String)?.hasPrefix("PARTIAL: interrupted") == true)
  }
}
