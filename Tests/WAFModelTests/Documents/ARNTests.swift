import Testing
import WAFModel

@Suite struct ARNTests {
  @Test func parts() throws {
    let text = "arn:aws:wafv2:us-east-1:111122223333:global/ipset/office/a1b2"
    let arn = try #require(ARN(text))
    #expect(arn.description == text)
    #expect((arn.partition, arn.region, arn.account) == ("aws", "us-east-1", "111122223333"))
    #expect(arn.scope == .cloudfront)
    #expect((arn.kind, arn.name, arn.id) == ("ipset", "office", "a1b2"))
    #expect(
      ARN("arn:aws-cn:wafv2:cn-north-1:1:regional/webacl/a/b")?.scope == .regional)
  }

  @Test(arguments: [
    "", "arn", "arn:aws:wafv2:r:1:regional/webacl/a", "arn:aws:wafv2:r:1:local/webacl/a/b",
    "arn:aws:s3:r:1:regional/webacl/a/b", "arn:aws:wafv2:r:1:regional/webacl//b",
    "arn:aws:wafv2:r:1:regional/webacl/a/b/c", "arn:aws:wafv2:r:1",
  ])
  func refused(_ text: String) {
    #expect(ARN(text) == nil)
  }
}
