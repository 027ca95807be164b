import Foundation

/// The CPU time that this process has taken.
enum CPUTime {
  /// In nanoseconds, of all threads; wall-clock time says little where others share the machine.
  static var nanoseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }

  /// The time that `work` takes.
  static func of<E: Error>(_ work: () throws(E) -> Void) throws(E) -> Int {
    let start = nanoseconds
    try work()
    return nanoseconds - start
  }
}
