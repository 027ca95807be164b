import Findings

/// Texts that a request may hold to disturb whoever shows it.
enum HostileTexts {
  static let all = [
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "\u{1B}[31mred\u{07}",
    "\n::error::pwned", "\r\n::stop-commands::x", "::set-output name=x::y",
    "\u{A0}::add-mask::y", "##[add-mask]y", "##vso[task.setvariable variable=a]b",
    "![x](http://evil.example/x.png)", "[a](javascript:x)", "@octocat #123 GH-123 !77",
    "|`a`|``b``", "``\u{301}`<b>`", "|\u{301}|", "<\u{301}b>", "%0A::error::z",
    "]]>&<a b='c' d=\"e\">", "\u{202E}txt.exe\u{2066}", "\u{0}\u{FFFE}\u{FFFF}x", "\u{FFFD}",
    "{0}{1}", "</details></summary>-->", "www.evil.example https://evil.example/", "\u{2028}a",
    "https\u{3A}//evil.example", "line\nbreak", "$x$", "&amp;&lt;",
    String(repeating: "A", count: 20_000), "a" + String(repeating: "\u{301}", count: 20_000),
    String(repeating: "`", count: 300),
  ]

  /// A report in which every text that can come from a request or a document is hostile.
  static let report: GateReport = {
    let findings = all.map(finding).sorted(by: Finding.inOrder)
    let accepted = Finding(
      kind: .newlyAllowed, severity: .warning, isFailing: false, webACL: all[0], rule: all[0],
      route: "GET /" + all[0], message: all[0],
      acceptance: Finding.Acceptance(
        source: .suppression, reason: all.joined(separator: " "), owner: all[1],
        expires: "2027-01-01"))
    let section = GateSection(
      name: all[0] + all[3] + "-->", file: "a/" + all[12], base: all[3], traffic: all, records: 9,
      requests: 9,
      structure: all.map {
        StructuralChange(kind: .changed, subject: $0, rule: $0, details: [$0], location: place($0))
      },
      findings: findings + [accepted],
      cases: all.flatMap { text in
        [CaseResult.Status.failed, .skipped, .error, .passed].map { status in
          CaseResult(
            group: "test", name: text, status: status, message: text, details: [text, "  " + text],
            location: place(text))
        }
      },
      coverage: Coverage(
        items: all.map { Coverage.Item(kind: .leaf, name: $0, rule: $0, location: place($0)) }),
      assumptions: all, warnings: all)
    return GateReport(
      command: "check", sections: [section], outcome: .failed, notices: all,
      stamp: all.enumerated().map { GateReport.StampLine("s\($0)", $1) }
        + [GateReport.StampLine("command", all.joined(separator: " "))])
  }()

  private static func place(_ text: String) -> Finding.Location {
    Finding.Location(file: "waf/" + text, line: 3, column: 2)
  }

  private static func finding(_ text: String) -> Finding {
    let shares = SampleReports.shares([text, text + "2"])
    return Finding(
      kind: .newlyBlocked, severity: .error, isFailing: true, webACL: text, rule: text + "/" + text,
      route: "GET /" + text, message: text + " to GET /" + text, notes: [text],
      location: place(text),
      radius: BlastRadius(
        requests: CertaintyCounts(approximate: 1), clients: BlastRadius.Count(1), paths: shares,
        methods: shares, hosts: shares, countries: shares, agents: shares),
      examples: [
        Finding.Example(
          position: text, requestID: text, request: text, host: text, client: text,
          oldActions: ["ALLOW"], newActions: ["BLOCK"], oldRule: text, newRule: text,
          certainty: "approximate", matches: [text])
      ],
      needs: [text], cure: [text], curePlace: text)
  }
}
