import ReportText
import WAFReplay
import WAFReports

/// A line on the terminal that says how far a replay has come, a few times a second.
final class ProgressLine {
  private var lastShown: ContinuousClock.Instant?
  private var start = ContinuousClock.now
  private var pass = 1
  private var isVisible = false

  func show(_ progress: ReplayProgress) {
    let now = ContinuousClock.now
    if let lastShown, now - lastShown < .milliseconds(150) { return }
    lastShown = now
    if progress.pass != pass {
      pass = progress.pass
      start = now
    }
    var text = counted(progress.evaluated, "request")
    if progress.passes > 1 { text = "pass \(progress.pass) of \(progress.passes): " + text }
    if progress.rejected > 0 { text += ", \(grouped(progress.rejected)) unreadable" }
    let seconds = (now - start) / .seconds(1)
    if seconds > 1 { text += ", \(grouped(Int(Double(progress.evaluated) / seconds))) a second" }
    Messages.print("\r\u{1B}[K" + text, terminator: "")
    isVisible = true
  }

  func clear() {
    if isVisible { Messages.print("\r\u{1B}[K", terminator: "") }
    isVisible = false
  }
}
