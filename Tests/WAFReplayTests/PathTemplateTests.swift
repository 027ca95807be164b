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
  ]

  @Test(arguments: cases)
  func template(_ testCase: Case) {
    var template: [UInt8] = []
    PathTemplate.append(Array(testCase.path.utf8).span, to: &template)
    #expect(String(decoding: template, as: UTF8.self) == testCase.template)
  }
}
