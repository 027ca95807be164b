import NativeRecords
import PredictedRecords
import Testing

struct SecretMaskTests {
  @Test(arguments: [
    "cookie", "Cookie", "set-cookie", "Authorization", "proxy-authorization", "X-Api-Key",
    "x-amz-security-token", "x-aws-waf-token", "X-Session-Id", "my-password", "client-secret",
    "Payment-Signature", "X-PAYMENT",
  ])
  func secretHeaders(name: String) {
    let isSecret = SecretMask.isSecret(headerName: Array(name.utf8).span)
    #expect(isSecret)
  }

  @Test(arguments: ["host", "user-agent", "accept", "x-forwarded-for", "sec-fetch-mode", "", "key"])
  func plainHeaders(name: String) {
    let isSecret = SecretMask.isSecret(headerName: Array(name.utf8).span)
    #expect(!isSecret)
  }

  @Test(arguments: [
    ("/a", "/a"), ("", ""), ("/a?b=1", "/a?b=1"), ("/a?", "/a?"),
    ("/a?b=1&token=s3cret", "/a?b=1&token=REDACTED"), ("/token=1", "/token=1"),
    ("/a;jsessionid=F00/b;c=1;sid=2?d", "/a;jsessionid=REDACTED/b;c=1;sid=REDACTED?d"),
    ("/a;token/b;", "/a;token/b;"),
    ("https://a/?b=1#access_token=x", "https://a/?b=1#access_token=REDACTED"),
    ("/?token=a#b", "/?token=REDACTED#b"), ("/a#sid=1?b", "/a#sid=REDACTED"), ("#", "#"),
    (";", ";"),
  ])
  func paths(path: String, expected: String) {
    let masked = SecretMask.maskedPath(Array(path.utf8).span)
    let hasSecret = SecretMask.hasSecret(path: Array(path.utf8).span)
    #expect(hasSecret == (path != expected))
    #expect(String(decoding: masked, as: UTF8.self) == expected)
    #expect(SecretMask.maskedPath(Array(path.utf8).span, limit: 2).count == min(2, expected.count))
  }

  struct Query: Sendable, CustomTestStringConvertible {
    var query: String
    var masked: String
    var testDescription: String { query }
  }

  static let queries: [Query] = [
    Query(query: "a=1&b=2", masked: "a=1&b=2"),
    Query(query: "password=x", masked: "password=REDACTED"),
    Query(query: "user=a&pw=x", masked: "user=a&pw=REDACTED"),
    Query(query: "a=1&PassWord=x&b", masked: "a=1&PassWord=REDACTED&b"),
    Query(query: "pass%77ord=x", masked: "pass%77ord=REDACTED"),
    Query(query: "user[pwd]=x&user[name]=y", masked: "user[pwd]=REDACTED&user[name]=y"),
    Query(query: "access_token=a=b", masked: "access_token=REDACTED"),
    Query(query: "key=1&monkey=2", masked: "key=REDACTED&monkey=2"),
    Query(query: "token=", masked: "token="),
    Query(query: "token", masked: "token"),
    Query(query: "&&sig=1&", masked: "&&sig=REDACTED&"),
    Query(query: "X-Amz-Signature=f00", masked: "X-Amz-Signature=REDACTED"),
    Query(query: "code=1&barcode=2&zip_code=3", masked: "code=REDACTED&barcode=2&zip_code=3"),
    Query(query: "", masked: ""),
    Query(query: "%=1&%p=2", masked: "%=1&%p=2"),
  ]

  @Test(arguments: queries)
  func masks(_ testCase: Query) {
    let query = Array(testCase.query.utf8)
    let masked = SecretMask.maskedQuery(query.span)
    #expect(String(decoding: masked, as: UTF8.self) == testCase.masked)
    let hasSecret = SecretMask.hasSecret(query: query.span)
    #expect(hasSecret == (testCase.masked != testCase.query))
  }

  @Test func longQueriesAreCut() {
    let query = Array("abcdef=1".utf8)
    let masked = SecretMask.maskedQuery(query.span, limit: 3)
    #expect(masked == Array("abc".utf8))
  }
}
