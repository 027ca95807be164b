import IPAddressing
import Testing

/// Addresses with ports, brackets and zones.
struct DecoratedAddressTests {
  struct Row: CustomTestStringConvertible {
    var text: String
    /// The address inside; nil for text that is none.
    var address: String?
    var testDescription: String { text }

    init(_ text: String, _ address: String?) {
      self.text = text
      self.address = address
    }
  }

  static let rows: [Row] = [
    Row("192.0.2.1", "192.0.2.1"),
    Row("192.0.2.1:5678", "192.0.2.1"),
    Row("192.0.2.1:65535", "192.0.2.1"),
    Row("192.0.2.1:65536", nil),
    Row("192.0.2.1:", nil),
    Row("192.0.2.1:http", nil),
    Row("192.0.2.1:80:80", nil),
    Row("192.0.2.1:000080", nil),
    Row("192.0.2.01:80", nil),
    Row("[192.0.2.1]:80", nil),
    Row("2001:db8::1", "2001:db8::1"),
    Row("[2001:db8::1]", "2001:db8::1"),
    Row("[2001:db8::1]:443", "2001:db8::1"),
    Row("[2001:db8::1]443", nil),
    Row("[2001:db8::1", nil),
    Row("2001:db8::1]", nil),
    Row("[]", nil),
    Row("[", nil),
    Row("[]:80", nil),
    Row("fe80::1%eth0", "fe80::1"),
    Row("[fe80::1%25eth0]:80", "fe80::1"),
    Row("fe80::1%", nil),
    Row("192.0.2.1%eth0", nil),
    Row("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
    Row(":80", nil),
    Row(":", nil),
    Row("", nil),
    Row("unknown", nil),
    Row("192.0.2.1 ", nil),
  ]

  @Test(arguments: rows)
  func reads(_ row: Row) {
    let found = IPAddress(decorated: Array(row.text.utf8).span)
    #expect(found == row.address.flatMap { IPAddress($0) })
    if row.address != nil { #expect(found != nil) }
  }
}
