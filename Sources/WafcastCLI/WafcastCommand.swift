import ArgumentParser
import Diagnostics
import Wafcast

/// The command `wafcast`: parses the arguments, runs a subcommand and turns what comes of it into
/// an exit code.
@main
struct WafcastCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wafcast",
    abstract: "What would this AWS WAF web ACL have done to this traffic?",
    discussion: """
      EXAMPLE
        aws wafv2 get-web-acl --name shop --scope REGIONAL --id … > acl.json
        wafcast replay acl.json aws-waf-logs/
        wafcast explain acl.json --method GET --uri /admin

      The web ACL need not be deployed; nothing is sent anywhere.

      EXIT CODES
        0   the job is done
        1   it is done, and found what it was told to fail on (diff, check, test,
            capacity)
        2   it could not be done: usage, invalid document, unreadable input,
            too many rejected records
        3   more indeterminate requests than --max-indeterminate
        70  a bug in wafcast
        130 interrupted (143 terminated); what was found so far is reported

      Shell completions: wafcast --generate-completion-script bash|zsh|fish
      """,
    version: WafcastVersion.current,
    subcommands: [
      ReplayCommand.self, DiffCommand.self, CheckCommand.self, TestCommand.self,
      ExplainCommand.self, CapacityCommand.self,
      ConvertCommand.self,
      RulesetsCommand.self,
    ])

  static var _errorLabel: String { "error" }

  static func main() async {
    ignoreBrokenPipes()
    do {
      var command = try parseAsRoot()
      if let asynchronous = command as? any AsyncParsableCommand {
        try await runInterruptibly(asynchronous)
      } else {
        try command.run()
      }
    } catch {
      finish(error)
    }
  }

  /// Runs a command in a task that a signal cancels.
  private static func runInterruptibly(_ command: sending any AsyncParsableCommand) async throws {
    let task = Task {
      var command = command
      try await command.run()
    }
    Interruption.onSignal { task.cancel() }
    do {
      try await task.value
    } catch is CancellationError {
      Messages.print("interrupted")
    } catch {
      // What the signal led to is no error of the run.
      guard let code = Interruption.exitCode, !(error is Failure) else { throw error }
      exitProcess(code)
    }
    if let code = Interruption.exitCode { exitProcess(code) }
  }

  /// Ends the process after an error, or after `--help` and the like.
  private static func finish(_ error: any Error) -> Never {
    if error is OutputClosed { ExitStatus.done.end() }
    if let failure = error as? Failure {
      Messages.print(failure.message)
      failure.status.end()
    }
    if let exit = error as? ExitCode { exitProcess(exit.rawValue) }
    let message = fullMessage(for: error)
    guard exitCode(for: error) != .success else {
      try? StandardOutput().write(message.hasSuffix("\n") ? message : message + "\n")
      ExitStatus.done.end()
    }
    // The parser repeats arguments as they are.
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    Messages.print(lines.map { printable(String($0)) }.joined(separator: "\n"))
    // Whatever the parser reports is a matter of usage; the commands throw `Failure`.
    let isUsage = exitCode(for: error) == .validationFailure
    (isUsage ? ExitStatus.failed : ExitStatus.bug).end()
  }
}
