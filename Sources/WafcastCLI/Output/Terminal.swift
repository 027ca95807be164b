import Foundation
import ReportText
import WAFReports

/// What is known of the terminal.
enum Terminal {
  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The style of texts on standard output: coloured on a terminal, unless `NO_COLOR` is set;
  /// `CLICOLOR_FORCE` colours elsewhere too.
  static var style: TextStyle {
    let environment = ProcessInfo.processInfo.environment
    func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
    let usesColour: Bool
    if isSet("NO_COLOR") {
      usesColour = false
    } else if isSet("CLICOLOR_FORCE"), environment["CLICOLOR_FORCE"] != "0" {
      usesColour = true
    } else {
      usesColour = outputIsTerminal && environment["TERM"] != "dumb"
    }
    return TextStyle(usesColour: usesColour, width: width)
  }

  /// The terminal's columns, within what the reports are laid out for; 100 elsewhere.
  private static var width: Int {
    guard outputIsTerminal else { return 100 }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return min(120, max(80, Int(size.ws_col)))
  }
}
