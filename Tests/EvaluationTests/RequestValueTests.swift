import Evaluation
import Testing

@Suite struct RequestValueTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var target: String
    var headers: [(String, String)] = []
    var body = ""
    var values: [(ValuePlace, String)]
  }

  @Test(arguments: [
    Case(
      testDescription: "path and query are decoded once, arguments with + as a blank",
      target: "/a%2520b?x=1+2%27&y&z=&=w%zz#f?g=1",
      values: [
        (.path, "/a%20b"), (.query, "x=1+2'&y&z=&=w%zz"), (.argument, "1 2'"), (.argument, "w%zz"),
      ]),
    Case(testDescription: "an empty query has no value", target: "/?", values: [(.path, "/")]),
    Case(
      testDescription: "cookies are taken apart, other headers are as sent", target: "/",
      headers: [("COOKIE", "a=1%27; b ; c= x=y ;d="), ("Referer", "https://h/?a=%27")],
      values: [
        (.path, "/"), (.cookie, "1'"), (.cookie, "x=y"), (.header, "https://h/?a=%27"),
      ]),
    Case(
      testDescription: "the fields of a form", target: "/",
      headers: [("content-type", "application/X-WWW-form-urlencoded; charset=utf-8")],
      body: "a=1+or+1&b=%3Cx%3E&c",
      values: [
        (.path, "/"), (.header, "application/X-WWW-form-urlencoded; charset=utf-8"),
        (.body, "a=1+or+1&b=%3Cx%3E&c"), (.form, "1 or 1"), (.form, "<x>"),
      ]),
    Case(
      testDescription: "the strings and keys of JSON", target: "/",
      headers: [("Content-Type", "application/json")],
      body: #"{"a": ["\u003cb>", 1, true, null, ""], "c": {"d": "e"}}"#,
      values: [
        (.path, "/"), (.header, "application/json"),
        (.body, #"{"a": ["\u003cb>", 1, true, null, ""], "c": {"d": "e"}}"#), (.json, "a"),
        (.json, "<b>"), (.json, "c"), (.json, "d"), (.json, "e"),
      ]),
    Case(
      testDescription: "broken JSON is a body and no more", target: "/",
      headers: [("Content-Type", "application/json")], body: #"{"a": "#,
      values: [(.path, "/"), (.header, "application/json"), (.body, #"{"a": "#)]),
    Case(
      testDescription: "a body of another type is not taken apart", target: "/",
      headers: [("Content-Type", "text/plain")], body: "a=b",
      values: [(.path, "/"), (.header, "text/plain"), (.body, "a=b")]),
  ])
  func values(_ test: Case) {
    let request = LabelledRequest(
      id: "1", source: "s", label: .benign, target: Array(test.target.utf8),
      headers: test.headers.map { .init(name: Array($0.0.utf8), value: Array($0.1.utf8)) },
      body: Array(test.body.utf8))
    var found: [String] = []
    RequestValues(of: request).each { place, value in
      found.append("\(place) \(String(decoding: value, as: UTF8.self))")
    }
    #expect(found == test.values.map { "\($0.0) \($0.1)" })
  }

  @Test func eachValueCountsOnceForEachLabel() {
    var values = DistinctValues()
    for (id, label) in [("1", LabelledRequest.Label.attack), ("2", .attack), ("3", .benign)] {
      values.add(
        LabelledRequest(
          id: id, source: "from " + id, label: label, attackType: label == .attack ? "xss" : "",
          target: Array("/a?a=/a".utf8)))
    }
    // "/a" and "a=/a", as values of attacks and of benign requests.
    #expect(values.entries.count == 4)
    let first = values.entries[0]
    #expect(first.value == Array("/a".utf8))
    #expect(first.places == [.path, .argument])
    #expect(first.sources == ["from 1", "from 2"])
    #expect(first.attackTypes == ["xss"])
    #expect(first.firstID == "1")
  }
}
