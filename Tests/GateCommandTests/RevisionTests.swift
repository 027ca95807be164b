import Foundation
import TestSupport
import Testing

/// The old side at a git revision, with what it refers to.
@Suite struct RevisionTests {
  private static let arn =
    "arn:aws:wafv2:eu-central-1:111122223333:regional/ipset/office/11111111-1111-1111-1111-111111111111"

  private static func ipSet(_ addresses: String) -> String {
    """
    {"Name": "office", "ARN": "\(arn)", "IPAddressVersion": "IPV4", "Addresses": [\(addresses)]}
    """
  }

  private static let acl = Gate.acl([
    Gate.rule("office", 0, "{\"IPSetReferenceStatement\": {\"ARN\": \"\(arn)\"}}")
  ])

  private func repository() throws -> Repository {
    let repository = try Repository([
      "waf/acl.json": Self.acl, "waf/sets/office.json": Self.ipSet("\"192.0.2.0/24\""),
      "traffic.ndjson": Gate.traffic,
    ])
    try repository.write(
      "waf/sets/office.json", Self.ipSet("\"192.0.2.0/24\", \"198.51.100.0/24\""))
    return repository
  }

  /// The file is the same on both sides; what it refers to is not.
  @Test func referencesAreReadAtTheRevision() throws {
    let run = try repository().wafcast(
      "diff", "main:waf/acl.json", "waf/acl.json", "traffic.ndjson", "--with", "waf/sets")
    #expect(run.status == 1)
    #expect(run.text.contains("2 requests of 1 client to GET /admin/orders/{id} would newly be"))
    #expect(run.text.contains("changed IP set \"office\""))
    #expect(run.text.contains("+1 (198.51.100.0/24)"))
    #expect(run.text.contains("compared with main:waf/acl.json"))
  }

  @Test(arguments: [
    ("nowhere:waf/acl.json", "git knows no revision 'nowhere'"),
    ("main:waf/alc.json", "there is no file 'waf/alc.json' at 'main'"),
    ("main..HEAD:waf/acl.json", "is a range of revisions"),
    ("-x:waf/acl.json", "error: "),
    ("--upload-pack=x:waf/acl.json", "error: "),
  ])
  func whatIsNoRevision(old: String, message: String) throws {
    let run = try repository().wafcast("diff", old, "waf/acl.json", "traffic.ndjson")
    #expect(run.status == 2)
    #expect(run.errors.contains(message))
    #expect(run.output.isEmpty)
  }

  @Test func outsideOfARepository() throws {
    let folder = try TemporaryDirectory()
    try folder.write("acl.json", Self.acl)
    let run = try BuiltProgram("wafcast").run(
      ["diff", "main:acl.json", "acl.json", "-"],
      environment: ["GIT_CEILING_DIRECTORIES": "/"], folder: .init(fileURLWithPath: folder.path))
    #expect(run.status == 2)
    #expect(run.errors.contains("git finds no repository here"))
  }
}
