import Foundation
import TestSupport
import Testing

@Suite struct ExplainCommandTests {
  private func explain(_ arguments: [String], input: String = "") throws -> BuiltProgram.Run {
    try Demo.wafcast(["explain", Demo.webACL] + arguments + Demo.documents, input: input)
  }

  @Test func aRequestOfOnesOwn() throws {
    let run = try explain([
      "--uri", "/admin/login/?next=/admin/", "--header", "User-Agent: Mozilla/5.0",
      "--client-ip", "198.51.100.1", "--country", "de",
    ])
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    #expect(Snapshot("explain-admin.txt").difference(from: run.text) == nil)
    #expect(run.text.hasPrefix("BLOCK 403"))
    #expect(run.text.contains("»/admin/«login/"))
  }

  @Test func aRecordedRequest() throws {
    let records = Demo.record("/a", id: "1-a") + Demo.record("/admin", id: "1-b")
    let run = try explain(["-", "--request-id", "1-b"], input: records)
    #expect(run.status == 0)
    #expect(run.text.contains("BLOCK 403  GET /admin"))
    #expect(run.text.contains("id 1-b, from 203.0.113.9 (DE), host shop.example"))
    let only = try explain(["-"], input: Demo.record("/admin"))
    #expect(only.status == 0)
    let several = try explain(["-"], input: records)
    #expect(several.status == 2)
    #expect(several.errors.contains("--request-id"))
  }

  @Test func aRawRequest() throws {
    let run = try explain(
      ["--request", "-", "--client-ip", "198.51.100.1"],
      input: "GET /admin/ HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: x\r\n\r\n")
    #expect(run.status == 0)
    #expect(run.text.contains("from 198.51.100.1, host shop.example"))
    #expect(run.text.hasPrefix("BLOCK 403  GET /admin/"))
    let broken = try explain(["--request", "-"], input: "nonsense")
    #expect(broken.status == 2)
    #expect(broken.errors.contains("line 1"))
  }

  @Test func json() throws {
    let run = try explain(["--uri", "/admin", "--format", "json"])
    #expect(run.status == 0)
    let read = try #require(
      JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    #expect(read["action"] as? String == "BLOCK")
    #expect(read["schema"] as? String == "wafcast.explanation/1")
  }

  @Test func theProgram() throws {
    let run = try explain(["--program"])
    #expect(run.status == 0)
    #expect(run.text.hasPrefix("The program of web ACL"))
    #expect(run.text.contains("Fields and transformations"))
    let json = try explain(["--program", "--format", "json"])
    let read = try #require(
      JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
    #expect(read["schema"] as? String == "wafcast.program/1")
  }

  @Test(arguments: [
    ["--uri", "/admin"], ["-"], ["--request", "-"], ["--nth", "1"], ["--country", "de"],
  ])
  func theProgramTakesNoRequest(_ arguments: [String]) throws {
    let run = try explain(["--program"] + arguments)
    #expect(run.status == 2)
    #expect(run.errors.contains("--program"))
  }

  @Test func aMissingBodyIsNamed() throws {
    let length = "{\"name\": \"Content-Length\", \"value\": \"9\"}"
    let record = Demo.record("/checkout/", method: "POST")
      .replacing("\"Mozilla/5.0\"}", with: "\"Mozilla/5.0\"}, \(length)")
    let run = try explain(["-"], input: record)
    #expect(run.status == 0)
    #expect(run.text.hasPrefix("INDETERMINATE"))
    #expect(run.text.contains("Needs      the body"))
  }

  @Test(
    arguments: [
      (["--uri", "/", "--client-ip", "nobody"], "--client-ip takes"),
      (["--uri", "admin"], "--uri takes a path"), (["--uri", ""], "--uri takes a path"),
      (["--uri", "/", "--country", "Germany"], "--country takes"),
      (["--uri", "/", "--header", "nonsense"], "has no colon"),
    ])
  func whatIsNoRequestIsRefused(_ row: ([String], String)) throws {
    let run = try explain(row.0)
    #expect(run.status == 2)
    #expect(run.text.isEmpty)
    #expect(run.errors.contains(row.1))
  }

  /// Some exports leave the query in `uri` and write an empty `args` beside it.
  @Test func aSecretInThePath() throws {
    let record = Demo.record("/admin?q=1&token=s3cret")
    for format in ["text", "json"] {
      let run = try explain(["-", "--format", format], input: record)
      #expect(run.text.contains("/admin?q=1&token=REDACTED"))
      #expect(!run.text.contains("s3cret"))
    }
  }

  @Test(arguments: [false, true])
  func secrets(shows: Bool) throws {
    let run = try explain(
      [
        "--uri", "/admin?token=s3cret&q=1", "--header", "Cookie: sessionid=s3cret",
        "--header", "Authorization: Bearer s3cret",
      ] + (shows ? ["--show-secrets"] : []))
    #expect(run.text.contains("s3cret") == shows)
  }
}
