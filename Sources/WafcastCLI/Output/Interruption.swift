import Dispatch
import Foundation
import Synchronization

/// Turns the first SIGINT or SIGTERM into a cancellation, so that a run can still write what it has
/// found; a second one ends the process as usual.
enum Interruption {
  /// The signal that came; 0 where none did.
  private static let received = Atomic<Int32>(0)

  /// The exit code of an interrupted process; nil where no signal came.
  static var exitCode: Int32? {
    let signal = received.load(ordering: .acquiring)
    return signal == 0 ? nil : 128 + signal
  }

  /// Calls `cancel` on the first signal.
  static func onSignal(_ cancel: @escaping @Sendable () -> Void) {
    for number in [SIGINT, SIGTERM] {
      // Without this the signal would end the process before the source hears of it.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        // Whoever holds the handler holds the source: it stays as long as the process.
        withExtendedLifetime(source) {}
        received.store(number, ordering: .releasing)
        signal(number, SIG_DFL)
        cancel()
      }
      source.resume()
    }
  }
}
