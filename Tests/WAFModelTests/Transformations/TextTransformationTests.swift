import Diagnostics
import DocumentTree
import Testing
import WAFModel

@Suite struct TextTransformationTests {
  @Test func thereAreThirtyOne() {
    #expect(TextTransformationType.known.count == 31)
    #expect(Set(TextTransformationType.known.map(\.wireName)).count == 31)
  }

  @Test(arguments: TextTransformationType.known)
  func everyTypeIsReadAndWritten(_ type: TextTransformationType) throws {
    let name = type.wireName
    #expect(TextTransformationType(wireName: name) == type)
    let (value, diagnostics) = try read(
      TextTransformation.self, #"{"Priority": 3, "Type": "\#(name)"}"#)
    #expect(value == TextTransformation(priority: 3, type: type))
    #expect(value?.node() == TextTransformation(priority: 3, type: type).node())
    #expect(diagnostics.isEmpty)
  }

  @Test func unknownTypes() throws {
    let text = #"{"Priority": "3", "Type": "URL_DECODE_UNII"}"#
    let (value, diagnostics) = try read(TextTransformation.self, text)
    #expect(
      value == TextTransformation(priority: 3, type: .opaque("URL_DECODE_UNII")))
    #expect(
      summary(diagnostics) == [
        "warning number-as-string /Priority -> 3",
        "error unknown-transformation /Type -> URL_DECODE_UNI",
      ])
    let (_, allowed) = try read(TextTransformation.self, text, .allowUnknown)
    #expect(allowed.allSatisfy { $0.severity == .warning })
  }
}
