import DocumentTree
import Testing
import WAFModel

/// Holds the model against the description of the API that AWS publishes.
///
/// Each structure that a document can contain is read and written with all its members, each
/// choice once for each of its members, each enumeration once for each of its words. What the
/// model does not know is named: a member `WebACL.NewMember`, a word `PayloadType.XML`.
///
/// The environment variable `WAFV2_API_MODEL` names the file; `scripts/api-model.sh` fetches it.
@Suite(
  .enabled(
    if: APIModel.path != nil,
    "WAFV2_API_MODEL does not name the API's description; scripts/api-model.sh fetches it"))
struct APIDriftTests {
  private let model: APIModel

  init() throws {
    model = try APIModel(path: #require(APIModel.path))
  }

  @Test(arguments: DriftRoot.allCases)
  func everythingIsKnown(_ root: DriftRoot) throws {
    try #require(model.has(root.rawValue))
    var search = DriftSearch(root: root, maker: DocumentMaker(model: model))
    search.run()
    for (name, fault) in search.unknown {
      Issue.record("\(name) is not known: \(fault)")
    }
    // A description in another form must not pass for one in which all is known.
    #expect(search.documents > (root == .ipSet || root == .regexPatternSet ? 5 : 500))
  }

  /// The test above can fail: a member or word that nobody has is found in every place.
  @Test(arguments: [DriftRoot.webACL, .ruleGroup])
  func whatNobodyHasIsFound(_ root: DriftRoot) throws {
    let maker = DocumentMaker(model: model)
    let novelty = "WafcastNovelty"
    for (shape, way) in maker.ways(from: root.rawValue) {
      let fault = root.fault(maker.document(way.to(novelty, of: shape), with: .emptyObject))
      #expect(fault?.description.contains(novelty) == true, "\(shape).\(novelty)")
      for member in model.members(shape) {
        guard let words = words(of: member.shape), !Self.openWords.contains(words.shape)
        else { continue }
        let value = words.isList ? Node(.array([novelty.node()])) : novelty.node()
        let fault = root.fault(maker.document(way.to(member.name, of: shape), with: value))
        #expect(fault?.description.contains(novelty) == true, "\(words.shape).\(novelty)")
      }
    }
  }

  /// Words that the model reads as free text: any country is one.
  private static let openWords: Set<String> = ["CountryCode"]

  /// Types of resources are keys of maps, which the model reads as free text and checks later.
  @Test func resourceTypes() {
    guard case .words(let words) = model.kind("AssociatedResourceType") else {
      Issue.record("AssociatedResourceType is no enumeration")
      return
    }
    for word in words where AssociatedResourceType(rawValue: word) == nil {
      Issue.record("AssociatedResourceType.\(word) is not known")
    }
  }

  private func words(of shape: String) -> (shape: String, isList: Bool)? {
    switch model.kind(shape) {
    case .words: (shape, false)
    case .list(let element): words(of: element).map { ($0.shape, true) }
    default: nil
    }
  }
}
