import TestSupport
import Testing

@Suite struct UsageTests {
  @Test func version() throws {
    let run = try Demo.wafcast(["--version"])
    #expect(run.status == 0)
    #expect(run.text.split(separator: ".").count == 3)
    #expect(run.errors.isEmpty)
  }

  @Test(arguments: [
    "", "replay", "diff", "check", "test", "explain", "capacity", "convert", "rulesets",
    "rulesets list", "rulesets show", "rulesets diff",
  ])
  func help(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    let run = try Demo.wafcast(words + ["--help"], environment: ["COLUMNS": "80"])
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let name = (["help"] + words).joined(separator: "-") + ".txt"
    #expect(Snapshot(name).difference(from: run.text) == nil)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let run = try Demo.wafcast(["--generate-completion-script", shell])
    #expect(run.status == 0)
    #expect(run.text.contains("wafcast"))
    #expect(run.text.contains("max-indeterminate"))
  }

  /// Usage errors end with 2, say what is wrong on standard error, and nothing elsewhere.
  @Test(arguments: [
    ["bogus"], ["replay"], ["replay", Demo.webACL], ["replay", "--bogus", "a", "b"],
    ["replay", Demo.webACL, Demo.requests, "--format", "yaml"],
    ["replay", Demo.webACL, Demo.requests, "--fidelity", "hihg"],
    ["replay", Demo.webACL, Demo.requests, "--resource-type", "ALB"],
    ["replay", Demo.webACL, Demo.requests, "--max-rejects", "101"],
    ["replay", Demo.webACL, Demo.requests, "--max-indeterminate", "-1"],
    ["replay", Demo.webACL, Demo.requests, "--workers", "0"],
    ["replay", Demo.webACL, Demo.requests, "--format-in", "pcap"],
    ["replay", Demo.webACL, Demo.requests, "--rate", "guess"],
    ["replay", Demo.webACL, Demo.requests, "--assume", "nonsense"] + Demo.documents,
    ["replay", Demo.webACL, Demo.requests, "--cure", "NoSuchRule"] + Demo.documents,
    ["replay", Demo.webACL, "-", "-"],
    ["replay", Demo.webACL, "no-such-file"] + Demo.documents,
    ["replay", "no-such-file", Demo.requests],
    ["explain", Demo.webACL], ["explain", Demo.webACL, "--request-id", "1"],
    ["explain", Demo.webACL, Demo.requests, "--uri", "/"],
    ["explain", Demo.webACL, "--uri", "/", "--header", "no-colon"],
    ["explain", Demo.webACL, "--uri", "/", "--body", "a", "--body-file", "b"],
    ["explain", Demo.webACL, "--uri", "/", "--request", "b"],
    ["explain", Demo.webACL, "--uri", "/", "--country", "DEU"],
    ["explain", Demo.webACL, Demo.requests, "--request-id", "no-such-id"] + Demo.documents,
    ["rulesets", "show", "NoSuchGroup"], ["rulesets", "show", "@Version_1.0"],
    ["rulesets", "diff", "NoSuchGroup"], ["rulesets", "diff", "NoSuchGroup", "NoSuchGroup"],
    ["rulesets", "list", "--rulesets", "no-such-directory"],
  ])
  func wrongUsage(arguments: [String]) throws {
    let run = try Demo.wafcast(arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("error"))
  }

  @Test(arguments: [
    ["\u{1B}[31m"], ["replay", "a", "b", "--\u{1B}[31m"],
    ["replay", "a", "b", "--format", "\u{1B}[31m"],
    ["replay", "\u{1B}[31m", "b"], ["rulesets", "show", "\u{1B}[31m"],
  ])
  func argumentsReachTheTerminalEscaped(arguments: [String]) throws {
    let run = try Demo.wafcast(arguments)
    #expect(run.status == 2)
    #expect(!run.errors.contains("\u{1B}"))
    #expect(run.errors.contains("\\u{1B}[31m"))
  }

  @Test func misspeltNamesGetAHint() throws {
    let cure = try Demo.wafcast(
      ["replay", Demo.webACL, Demo.requests, "--cure", "AdminProtection_URI_PATH"]
        + Demo.documents)
    #expect(cure.errors.contains("did you mean 'AdminProtection_URIPATH'?"))
    let group = try Demo.wafcast(["rulesets", "show", "AWSManagedRulesComonRuleSet"])
    #expect(group.errors.contains("did you mean 'AWSManagedRulesCommonRuleSet'?"))
    let fidelity = try Demo.wafcast(["replay", "a", "b", "--fidelity", "hihg"])
    #expect(fidelity.errors.contains("did you mean 'high'?"))
  }
}
