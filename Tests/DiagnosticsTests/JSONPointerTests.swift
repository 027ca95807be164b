import Diagnostics
import Testing

@Suite struct JSONPointerTests {
  @Test(
    arguments: [
      ([], ""), (["Rules", "0"], "/Rules/0"), ([""], "/"), (["a/b"], "/a~1b"), (["m~n"], "/m~0n"),
      (["~1"], "/~01"), ([" "], "/ "), (["ü", "\\"], "/ü/\\"),
    ] as [([String], String)])
  func textAndComponents(_ components: [String], _ text: String) {
    #expect(JSONPointer(components).description == text)
    #expect(JSONPointer(parsing: text)?.components == components)
  }

  @Test(arguments: ["Rules", "/a~", "/a~2", "#/a"])
  func refused(_ text: String) {
    #expect(JSONPointer(parsing: text) == nil)
  }

  @Test func navigation() {
    let pointer = JSONPointer.root.appending("Rules").appending(3)
    #expect(pointer.description == "/Rules/3")
    #expect(pointer.parent.description == "/Rules")
    #expect(JSONPointer.root.parent.isRoot)
    #expect(
      JSONPointer(["WebACL"]).appending(contentsOf: pointer).description == "/WebACL/Rules/3")
  }
}
