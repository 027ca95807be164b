import Diagnostics
import DocumentTree
import Testing
import WAFModel

@Suite struct PreParseTextTransformationTests {
  @Test(arguments: PreParseTextTransformationType.allCases)
  func everyTypeIsReadAndWritten(_ type: PreParseTextTransformationType) throws {
    let text = #"{"Priority":1,"Type":"\#(type.rawValue)"}"#
    let (value, diagnostics) = try read(PreParseTextTransformation.self, text)
    #expect(diagnostics.isEmpty)
    #expect(value == PreParseTextTransformation(priority: 1, type: type))
    #expect(value.map { JSONWriter.compact($0.node()) } == text)
  }

  @Test(arguments: [
    (#"{"Priority": 1, "Type": "LOWERCASE"}"#, "error unknown-transformation /Type"),
    (
      #"{"Priority": 1, "Type": "URL_DECOD"}"#,
      "error unknown-transformation /Type -> URL_DECODE"
    ),
    (#"{"Priority": 1}"#, "error missing-member "),
    (#"{"Priority": 1, "Type": 2}"#, "error wrong-type /Type"),
    (#"{"Priority": "x", "Type": "NONE"}"#, "error wrong-type /Priority"),
  ])
  func mistakes(_ text: String, _ found: String) throws {
    let (value, diagnostics) = try read(PreParseTextTransformation.self, text)
    #expect(value == nil)
    #expect(summary(diagnostics) == [found])
  }
}
