import GateSettings
import Testing

@Suite struct PatternTests {
  struct Case: CustomTestStringConvertible {
    var pattern: String
    var matches: [String]
    var misses: [String]
    var testDescription: String { pattern }

    init(_ pattern: String, matches: [String], misses: [String]) {
      self.pattern = pattern
      self.matches = matches
      self.misses = misses
    }
  }

  static let paths = [
    Case("/checkout", matches: ["/checkout"], misses: ["/checkout/", "/Checkout", "checkout"]),
    Case(
      "/checkout/*", matches: ["/checkout/a", "/checkout/"], misses: ["/checkout", "/checkout/a/b"]),
    Case("/users/*", matches: ["/users/{id}"], misses: ["/users/{id}/cards"]),
    Case("/users/{id}", matches: ["/users/{id}"], misses: ["/users/7"]),
    Case("/api/**", matches: ["/api", "/api/", "/api/a", "/api/a/b"], misses: ["/apis", "/"]),
    Case("**", matches: ["", "/", "/a/b"], misses: []),
    Case("/**/edit", matches: ["/edit", "/a/edit", "/a/b/edit"], misses: ["/a/edit/b", "edit"]),
    Case(
      "/**/a/**/b", matches: ["/a/b", "/x/a/y/b", "/a/a/b/b"], misses: ["/b/a", "/a", "/x/b"]),
    Case(
      "/v?/*.json", matches: ["/v1/a.json", "/vé/.json"], misses: ["/v/a.json", "/v12/a.json"]),
    Case("/a*b*c", matches: ["/abc", "/axbbc", "/abcbc"], misses: ["/ab/c", "/acb"]),
    Case("/a**", matches: ["/a", "/ab"], misses: ["/ab/c"]),
    Case("common/*", matches: ["common/XSS"], misses: ["common", "other/XSS", "common/a/b"]),
    Case("block-?dmin", matches: ["block-admin"], misses: ["block-dmin"]),
    Case("", matches: [""], misses: ["/", "a"]),
  ]

  @Test(arguments: paths) func path(_ test: Case) {
    let pattern = PathPattern(test.pattern)
    for path in test.matches { #expect(pattern.matches(path), "\(path)") }
    for path in test.misses { #expect(!pattern.matches(path), "\(path)") }
  }

  @Test func manyStarsEndSoon() {
    let pattern = PathPattern(String(repeating: "/**/a*", count: 30) + "/b")
    #expect(!pattern.matches(String(repeating: "/aaaa", count: 400)))
    let name = PathPattern(String(repeating: "*a", count: 40) + "b")
    #expect(!name.matches(String(repeating: "a", count: 4000)))
  }

  static let routes = [
    Case("/a", matches: ["GET /a", "POST /a", "/a"], misses: ["", "GET /b"]),
    Case("POST /a/*", matches: ["POST /a/b"], misses: ["GET /a/b", "/a/b", "post /a/b"]),
    Case("P* /a", matches: ["PUT /a", "POST /a"], misses: ["GET /a"]),
    Case("POST **", matches: ["POST /a/b"], misses: ["GET /a/b"]),
    Case("/a b", matches: ["GET /a b"], misses: ["GET /a"]),
  ]

  @Test(arguments: routes) func route(_ test: Case) throws {
    let pattern = try #require(RoutePattern(test.pattern))
    for route in test.matches { #expect(pattern.matches(route: route), "\(route)") }
    for route in test.misses { #expect(!pattern.matches(route: route), "\(route)") }
  }

  @Test(arguments: ["", "checkout", "*", "POST", "POST checkout", " /a"])
  func noRoute(_ text: String) {
    #expect(RoutePattern(text) == nil)
  }
}

@Suite struct CalendarDayTests {
  @Test(arguments: [
    (0, "1970-01-01"), (86_399, "1970-01-01"), (86_400, "1970-01-02"), (-1, "1969-12-31"),
    (951_782_400, "2000-02-29"), (1_798_761_599, "2026-12-31"), (1_798_761_600, "2027-01-01"),
    (Int64.min, "0001-01-01"), (Int64.max, "9999-12-31"),
  ])
  func dayOfTime(_ seconds: Int64, _ text: String) {
    #expect(CalendarDay(secondsSince1970: seconds).description == text)
    #expect(CalendarDay(text)?.description == text)
  }

  @Test(arguments: [
    "", "2026-2-1", "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10",
    "2026-01-00", "2026-04-31", "26-01-01", "2026/01/01", "2026-01-01T00", "٢٠٢٦-01-01",
    "0000-01-01",
  ])
  func noDay(_ text: String) {
    #expect(CalendarDay(text) == nil)
  }

  @Test func leapDaysAndOrder() throws {
    #expect(CalendarDay("2024-02-29") != nil)
    #expect(CalendarDay("2000-02-29") != nil)
    let days = try ["2025-12-31", "2026-01-01", "2026-01-02", "2026-02-01"].map {
      try #require(CalendarDay($0))
    }
    #expect(days.reversed().sorted() == days)
  }
}
