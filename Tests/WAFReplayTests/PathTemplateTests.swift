import TestSupport
import Testing

@testable import WAFReplay

struct PathTemplateTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var path: String
    var template: String
    var testDescription: String { path }
  }

  static let cases: [Case] = [
    Case(path: "/", template: "/"),
    Case(path: "", template: ""),
    Case(path: "/users/42", template: "/users/{id}"),
    Case(path: "/users/42/orders/7/", template: "/users/{id}/orders/{id}/"),
    Case(path: "/v2/api", template: "/v2/api"),
    Case(path: "/42.json", template: "/{id}.json"),
    Case(path: "/report-2023.pdf", template: "/report-2023.pdf"),
    Case(path: "/.env", template: "/.env"),
    Case(path: "/x/123e4567-e89b-12d3-a456-426614174000", template: "/x/{id}"),
    Case(path: "/x/123E4567-E89B-12D3-A456-426614174000/y", template: "/x/{id}/y"),
    Case(path: "/c/5f2b8c1e9a77", template: "/c/{id}"),
    Case(path: "/c/deadbeef", template: "/c/deadbeef"),
    Case(path: "/c/decade", template: "/c/decade"),
    Case(path: "/f/dGhpcyBpcyBhIHRva2Vu12", template: "/f/{id}"),
    Case(path: "/f/dGhpcyBpcyBhIHRva2Vu12==", template: "/f/{id}"),
    Case(path: "/p/ten-Blue-shoes-of-2024-for-You", template: "/p/ten-Blue-shoes-of-2024-for-You"),
    Case(path: "/a//b", template: "/a//b"),
    Case(path: "relative/42", template: "relative/{id}"),
    Case(path: "/1/a/2/b/3/c/4/d/5/e", template: "/{id}/a/{id}/b/{id}/c/{id}/d/{…}"),
    Case(path: "/" + String(repeating: "%20", count: 30), template: "/{long}"),
    Case(path: "/a;jsessionid=F00/42;v=1", template: "/a/{id}"),
    Case(path: "/;a", template: "/"), Case(path: "/a?token=1/2", template: "/a"),
    Case(path: "/caf\u{E9}/1", template: "/caf\u{E9}/{id}"),
    // Longer than what is counted at once.
    Case(path: "/" + String(repeating: "7", count: 9000) + "/x", template: "/{id}/x"),
    Case(path: "/" + String(repeating: "7", count: 9000) + "-/x", template: "/{long}/x"),
    Case(path: "/" + String(repeating: "ab1", count: 3000), template: "/{id}"),
    Case(path: "/" + String(repeating: "x", count: 4096) + "?a/b", template: "/{long}"),
    Case(
      path: "/" + String(repeating: "abcdefgh-", count: 7),
      template: "/" + String(repeating: "abcdefgh-", count: 7)),
    // As long as a template can be.
    Case(
      path: String(repeating: "/" + String(repeating: "x", count: 64), count: 9),
      template: String(repeating: "/" + String(repeating: "x", count: 64), count: 8) + "/{…}"),
  ]

  @Test(arguments: cases)
  func template(_ testCase: Case) {
    var template: [UInt8] = []
    PathTemplate.append(Array(testCase.path.utf8).span, to: &template)
    #expect(String(decoding: template, as: UTF8.self) == testCase.template)
  }

  /// The rule for segments, byte by byte.
  private func isIdentifier(_ segment: [UInt8]) -> Bool {
    func count(_ characters: String) -> Int {
      segment.filter { Array(characters.utf8).contains($0) }.count
    }
    let digits = count("0123456789")
    let upper = count("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    let lower = count("abcdefghijklmnopqrstuvwxyz")
    let hex = count("0123456789abcdefABCDEF")
    let joints = count("-_")
    guard !segment.isEmpty else { return false }
    if digits == segment.count { return true }
    if hex == segment.count { return hex >= 12 && digits > 0 }
    let padding = segment.suffix(2).filter { $0 == UInt8(ascii: "=") }.count
    guard digits + upper + lower + joints + padding == segment.count else { return false }
    if segment.count == 36, hex == 32, joints == 4,
      [8, 13, 18, 23].allSatisfy({ segment[$0] == UInt8(ascii: "-") })
    {
      return true
    }
    return segment.count >= 20 && digits >= 2 && lower >= 2 && upper >= 2
      && joints * 8 <= segment.count
  }

  @Test(arguments: ["0123456789", "0123456789abcdef", "abcdefXYZ0123-_", "aB3=", "fF0-", "é9a"])
  func segmentsAreToldApartByTheRule(alphabet: String) {
    var random = SplitMix(state: UInt64(alphabet.utf8.count))
    let letters = Array(alphabet.utf8)
    for _ in 0..<2000 {
      let count = Int.random(in: 1...45, using: &random)
      var segment = (0..<count).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &random)]
      }
      if count == 36 {
        for joint in [8, 13, 18, 23] { segment[joint] = UInt8(ascii: "-") }
      }
      var template: [UInt8] = []
      PathTemplate.append(segment.span, to: &template)
      let text = String(decoding: segment, as: UTF8.self)
      #expect((template == Array("{id}".utf8)) == isIdentifier(segment), "\(text)")
    }
  }
}
