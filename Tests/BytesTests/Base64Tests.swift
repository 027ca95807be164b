import Bytes
import TestSupport
import Testing

@Suite struct Base64Tests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("\u{3ff}\u{3ff}", "z7/Pvw=="), ("~~~", "fn5+"),
  ])
  func encodesAndDecodes(_ text: String, _ encoded: String) {
    let bytes = Array(text.utf8)
    #expect(Base64.encodeToString(bytes.span) == encoded)
    #expect(Base64.encode(bytes.span) == Array(encoded.utf8))
    #expect(Base64.decodeCanonical(Array(encoded.utf8).span) == bytes)
  }

  @Test(arguments: [
    "Z", "Zg", "Zg=", "Zg===", "Zg====", "=", "==", "====", "Zh==", "Zm9=", "Zg==Zg==", "Zg=a",
    "Z===",
    "Zm9v\n", "Zm-v", "Zm_v", " Zm9", "Zm9\u{e9}", "Zm9v====",
  ])
  func refusesWhatItWouldNotWrite(_ text: String) {
    #expect(Base64.decodeCanonical(Array(text.utf8).span) == nil)
  }

  @Test func decodesExactlyWhatItEncodes() {
    var generator = SplitMix(state: 9)
    let alphabet = Array("QUJ+/0az==".utf8)
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...10, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(Base64.decodeCanonical(Base64.encode(bytes.span).span) == bytes)
      let text = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      if let decoded = Base64.decodeCanonical(text.span) {
        #expect(Base64.encode(decoded.span) == text)
      }
    }
  }

  @Test func knowsItsAlphabet() {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    for byte in UInt8.min...UInt8.max {
      #expect(Base64.sextet(of: byte).map(Int.init) == alphabet.firstIndex(of: byte))
    }
  }
}
