import TrafficReading
import WAFReplay
import WAFTraffic
import Wafcast

extension Failure {
  /// What went wrong in a replay, in words.
  ///
  /// - Returns: the error itself where it is one of the command line's own.
  init(explaining error: any Error) throws {
    switch error {
    case let error as TrafficInputError: self.init(error.message)
    case let error as TrafficReadError: self.init(error.message)
    case let error as SpoolError: self.init(error.message)
    case let error as SpillError: self.init(error.message)
    default: throw error
    }
  }
}
