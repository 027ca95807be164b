import Diagnostics

/// Recorded bytes as a text that can't disturb a terminal: control characters and marks that turn
/// the direction of writing become `\u{1B}`, bytes that are not UTF-8 `\xFF`.
package func shown(_ bytes: some Collection<UInt8>) -> String {
  if let text = String(validating: bytes, as: UTF8.self) { return printable(text) }
  var result = ""
  var decoder = UTF8()
  var rest = bytes[...]
  while !rest.isEmpty {
    var iterator = rest.makeIterator()
    decoder = UTF8()
    if case .scalarValue(let scalar) = decoder.decode(&iterator) {
      result += printable(String(Character(scalar)))
      rest = rest.dropFirst(UTF8.width(scalar))
    } else if let byte = rest.popFirst() {
      let digits = String(byte, radix: 16, uppercase: true)
      result += "\\x" + (digits.count < 2 ? "0" : "") + digits
    }
  }
  return result
}
