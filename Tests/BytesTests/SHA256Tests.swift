import Bytes
import Testing

@Suite struct SHA256Tests {
  // The vectors of FIPS 180-4 and of its usual test suites.
  @Test(arguments: [
    ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    ("a", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
    ("a", 10_000, "27dd1f61b867b6a0f6e9d8a41c43231de52107e53ae424de8f847b821db4b711"),
  ])
  func digestsKnownVectors(_ text: String, _ repetitions: Int, _ digest: String) {
    var hash = SHA256()
    for _ in 0..<repetitions { hash.update(text.utf8) }
    #expect(hash.hexDigest() == digest)
  }
}
