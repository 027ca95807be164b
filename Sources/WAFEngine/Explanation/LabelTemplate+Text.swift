package import WAFProgram
package import WAFRequests

extension LabelTemplate {
  /// The text that is sent, given the labels at the end of the evaluation.
  ///
  /// Source: "Dynamic label interpolation" of the developer guide (documented: several labels with
  /// commas between, none as nothing).
  package func text(labels: [String], _ record: borrowing RequestRecord) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let literal): text += literal
      case .labels(let namespace):
        let rests = labels.filter { $0.hasPrefix(namespace) }
          .map { $0.dropFirst(namespace.count) }
        text += rests.joined(separator: ",")
      case .requestID: text += record.text(record.requestID)
      case .clientIP:
        if case .address(let address) = record.clientIP { text += String(describing: address) }
      case .ja3: text += record.text(record.ja3Fingerprint.range)
      case .ja4: text += record.text(record.ja4Fingerprint.range)
      }
    }
    return text
  }
}
