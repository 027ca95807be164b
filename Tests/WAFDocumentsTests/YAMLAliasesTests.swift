import Testing

@testable import WAFDocuments

@Suite struct YAMLAliasesTests {
  private static let levels = (1..<12).map { level in
    "a\(level): &a\(level) ["
      + [String](repeating: "*a\(level - 1)", count: 8).joined(separator: ", ")
      + "]\n"
  }.joined()

  /// Keys that are collections of aliases of aliases would keep the parser busy for years.
  @Test(arguments: [
    "? *a11\n: 1\n", "[*a11]: 1\n", "*a11 : 1\n", "{? [*a11] : 1}\n", "?\n- *a11\n",
  ])
  func keysOfManyValuesAreRefused(key: String) {
    #expect(!YAMLAliases(Array(("a0: &a0 x\n" + Self.levels + key).utf8)).areHarmless)
  }

  @Test(arguments: [
    "", levels, "? a\n: 1\n", "a: '* & ?'\nb: &c x\n*c : 1\n",
    "a: &a 1\n" + String(repeating: "b: *a\n", count: 400) + "? c\n: 1\n",
  ])
  func ordinaryDocumentsAreHarmless(text: String) {
    #expect(YAMLAliases(Array(text.utf8)).areHarmless)
  }
}
