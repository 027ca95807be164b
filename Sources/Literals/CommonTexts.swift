/// What many requests have in them: the fixed parts of user agents, other headers, URLs and cookies.
///
/// Pairs of bytes alone take such a text for a rarity; its parts are common all the same.
enum CommonTexts {
  /// The least share of positions that a part of a common text begins at.
  static let leastShare = 0x1p-9

  /// Whether `bytes` may be a part of a common text, by their classes.
  ///
  /// That is where every four bytes of them that follow one another are; two bytes and less are not
  /// judged.
  static func hold(_ bytes: ArraySlice<UInt8>) -> Bool {
    switch bytes.count {
    case ...2: false
    case 3: parts3.contains(parts(of: bytes, length: 3)[0])
    default: parts(of: bytes, length: 4).allSatisfy(parts4.contains)
    }
  }

  private static let parts3 = Set(texts.flatMap { parts(of: Array($0.utf8)[...], length: 3) })
  private static let parts4 = Set(texts.flatMap { parts(of: Array($0.utf8)[...], length: 4) })

  /// Each `length` bytes that follow one another, as classes of six bits.
  private static func parts(of bytes: ArraySlice<UInt8>, length: Int) -> [UInt32] {
    var parts: [UInt32] = []
    var window: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      window = window << 6 | UInt32(BytePairs.byteClass(of: byte))
      if index >= length - 1 { parts.append(window & (1 << UInt32(length * 6) - 1)) }
    }
    return parts
  }

  private static let texts = [
    "https://www.", "http://", "https%3A%2F%2Fwww.", ".example.com/",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1",
    ".0.0.0 Safari/537.36 Edg/1", "(Macintosh; Intel Mac OS X 10_15_7) Version/1",
    "(X11; Linux x86_64; rv:1", "Gecko/20100101 Firefox/1", "(Linux; Android 1", "Mobile/15E148",
    "(iPhone; CPU iPhone OS 1", " like Mac OS X)", "okhttp/4", "curl/8.", "compatible; ",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng",
    ",*/*;q=0.8,application/signed-exchange;v=b3;q=0.7", "application/json, text/plain, */*",
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=----WebKitFormBoundary",
    "; charset=utf-8", "gzip, deflate, br, zstd", "en-US,en;q=0.9", "de-DE,de;q=0.8", "fr-FR,fr",
    "same-origin", "same-site", "cross-site", "navigate", "document", "keep-alive", "no-cache",
    "max-age=0", "upgrade-insecure-requests", "XMLHttpRequest", "Bearer eyJ",
    "\"Chromium\";v=\"1", "\"Google Chrome\";v=\"1", "\"Not_A Brand\";v=\"2", "\"Windows\"",
    "\"macOS\"", "session=", "sessionid=", "csrftoken=", "consent=", "cart=", "_ga=GA1.2.",
    "%7B%22", "%22%3A%22", "%22%2C%22", "%2F", "%20", "&utm_source=", "&utm_campaign=", "&page=",
    "?q=", "&sort=", "&id=", "&lang=", "/api/v1/", "/static/", "/assets/", "/images/", "/js/",
    "/css/",
    ".html", ".css", ".js", ".png", ".jpg", ".svg", ".woff2", ".json", ".php", "index.", "search",
    "description", "javascript", "login", "account", "product", "category", "order", "user", "name",
    "version", "update",
    "select",
    "status", "message", "address", "email", "true", "false", "null", "\":\"", "\",\"", "\":{\"",
    " the ", " of ", " to ", " in ", " is ", " you ", "ing ", "tion",
  ]
}
