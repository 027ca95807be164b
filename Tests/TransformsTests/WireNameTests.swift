import Testing
import Transforms

@Suite struct WireNameTests {
  @Test func everyTransformationIsFoundByItsName() {
    #expect(TextTransformation.allCases.count == 31)
    for transformation in TextTransformation.allCases {
      #expect(TextTransformation(wireName: transformation.wireName) == transformation)
    }
  }

  @Test(arguments: ["", "none", "LOWER", "URL_DECODE ", "COMBINE_DUPLICATE_QUERY_ARGS_BY_COMMA"])
  func nothingElseIsAName(_ name: String) {
    #expect(TextTransformation(wireName: name) == nil)
  }
}
