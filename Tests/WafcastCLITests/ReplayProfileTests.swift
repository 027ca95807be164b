import Foundation
import TestSupport
import Testing

@Suite struct ReplayProfileTests {
  private static let demo = ["replay", Demo.webACL, Demo.requests] + Demo.documents

  /// The report is that of a run without a profile, which goes elsewhere.
  @Test func theProfileIsApartFromTheReport() throws {
    let plain = try Demo.wafcast(Self.demo)
    let run = try Demo.wafcast(Self.demo + ["--profile"])
    #expect(run.status == 0)
    #expect(run.output == plain.output)
    #expect(run.errors.hasPrefix("Profile of web ACL"))
    #expect(run.errors.contains("428 requests"))
    #expect(run.errors.contains("evaluating"))
  }

  @Test func theFileHoldsJSON() throws {
    let place = try TemporaryDirectory()
    let file = place.path + "/profile.json"
    let run = try Demo.wafcast(Self.demo + ["--profile-file", file])
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    let profile = try #require(
      JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(profile["schema"] as? String == "wafcast.profile/1")
    #expect(profile["requests"] as? Int == 428)
    let stages = try #require(profile["stages"] as? [String: Int])
    #expect(stages.values.reduce(0, +) == profile["nanoseconds"] as? Int)
  }

  @Test(arguments: [["--profile-file", "-"], ["--output", "x", "--profile-file", "x"]])
  func theFileIsOneOfItsOwn(arguments: [String]) throws {
    let run = try Demo.wafcast(Self.demo + arguments)
    #expect(run.status == 2)
    #expect(run.errors.contains("--profile-file"))
  }
}
