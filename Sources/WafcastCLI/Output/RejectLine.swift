import ReportText
import WAFReplay
import WAFReports
import Wafcast

/// A rejected record as a line of `--rejects`.
struct RejectLine {
  let reject: RejectedRecord
  /// The names of the inputs, in the order of reading.
  let inputs: [String]

  init(_ reject: RejectedRecord, inputs: [String]) {
    self.reject = reject
    self.inputs = inputs
  }

  /// A JSON value and a line feed.
  ///
  /// `bytes` is the number of bytes of the record, `record` the first of them; those that are not
  /// UTF-8 are written as `\xFF`.
  var bytes: [UInt8] {
    var members: [JSONMember] = []
    members.add("code", reject.reason.code)
    members.add("message", reject.reason.message)
    let file = reject.position.file
    members.add("input", inputs.indices.contains(file) ? inputs[file] : "input \(file + 1)")
    members.add("offset", reject.position.offset)
    members.add("faultOffset", reject.reason.offset)
    members.add("bytes", reject.count)
    let text = String(validating: reject.bytes, as: UTF8.self) ?? shown(reject.bytes)
    members.add("record", text)
    return Array((JSONValue.object(members).inlineText + "\n").utf8)
  }
}
