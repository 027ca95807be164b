// What the patterns look at: the fields of a request, decoded and in lower case.
#pragma once
#include <strings.h>

#include "requests.hpp"

enum Slot { PATH, QUERY, AGENT, COOKIE, HEADER, BODY, SLOTS };
inline const char* const slot_names[SLOTS] = {"path", "query", "ua", "cookie", "header", "body"};

struct Field {
  Slot slot;
  std::string_view value;
};

inline bool is_header(std::string_view name, std::string_view other) {
  return name.size() == other.size() && !strncasecmp(name.data(), other.data(), name.size());
}

inline void split(const Request& request, std::vector<Field>& fields) {
  fields.clear();
  fields.push_back({PATH, request.path});
  if (!request.query.empty()) fields.push_back({QUERY, request.query});
  for (auto& [name, value] : request.headers)
    fields.push_back(
        {is_header(name, "user-agent") ? AGENT : is_header(name, "cookie") ? COOKIE : HEADER,
         value});
  if (!request.body.empty()) fields.push_back({BODY, request.body.substr(0, 16384)});
}

inline int hex_digit(unsigned char byte) {
  if (byte <= '9') return byte >= '0' ? byte - '0' : -1;
  byte |= 32;
  return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/// URL_DECODE; returns the number of bytes written.
inline size_t url_decode(std::string_view input, char* output) {
  size_t count = 0;
  for (size_t index = 0; index < input.size();) {
    char byte = input[index];
    if (byte == '%' && index + 2 < input.size() && hex_digit(input[index + 1]) >= 0 &&
        hex_digit(input[index + 2]) >= 0) {
      output[count++] = char(hex_digit(input[index + 1]) << 4 | hex_digit(input[index + 2]));
      index += 3;
    } else {
      output[count++] = byte == '+' ? ' ' : byte;
      index++;
    }
  }
  return count;
}

/// The names that AWS documents for HTML_ENTITY_DECODE; a named entity has its semicolon.
inline int named_entity(std::string_view name) {
  static const struct { const char* name; unsigned char byte; } names[] = {
      {"quot", '"'}, {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"nbsp", 0xA0},
      {"nonbreakingspace", 0xA0}, {"newline", '\n'}, {"tab", '\t'}, {"lcub", '{'},
      {"lbrace", '{'}, {"verbar", '|'}, {"vert", '|'}, {"verticalline", '|'}, {"rcub", '}'},
      {"rbrace", '}'}, {"excl", '!'}, {"num", '#'}, {"dollar", '$'}, {"percent", '%'},
      {"percnt", '%'}, {"apos", '\''}, {"lpar", '('}, {"rpar", ')'}, {"ast", '*'},
      {"midast", '*'}, {"plus", '+'}, {"comma", ','}, {"period", '.'}, {"sol", '/'},
      {"colon", ':'}, {"semi", ';'}, {"equals", '='}, {"quest", '?'}, {"tilde", '~'},
      {"diacriticaltilde", '~'}, {"minus", '-'}, {"lsqb", '['}, {"lbrack", '['}, {"bsol", '\\'},
      {"rsqb", ']'}, {"rbrack", ']'}, {"hat", '^'}, {"lowbar", '_'}, {"underbar", '_'},
      {"grave", '`'}, {"diacriticalgrave", '`'}};
  for (auto& entry : names)
    if (is_header(name, entry.name)) return entry.byte;
  return -1;
}

/// HTML_ENTITY_DECODE in place: numeric entities up to 255 and the names above.
inline size_t entity_decode(char* text, size_t size) {
  char* first = static_cast<char*>(memchr(text, '&', size));
  if (!first) return size;
  size_t count = size_t(first - text);
  for (size_t index = count; index < size;) {
    if (text[index] == '&' && index + 1 < size) {
      size_t end = index + 1;
      int byte = -1;
      if (text[end] == '#') {
        bool is_hex = end + 1 < size && (text[end + 1] | 32) == 'x';
        size_t digits = end = end + (is_hex ? 2 : 1);
        unsigned value = 0;
        for (int digit; end < size && (digit = hex_digit(text[end])) >= 0; end++) {
          if (!is_hex && digit > 9) break;
          value = value * (is_hex ? 16 : 10) + unsigned(digit);
        }
        if (end > digits && value < 256) byte = int(value);
        if (end < size && text[end] == ';') end++;
      } else {
        while (end < size && end - index <= 17 && isalnum((unsigned char)text[end])) end++;
        if (end < size && text[end] == ';')
          byte = named_entity({text + index + 1, end++ - index - 1});
      }
      if (byte >= 0) {
        text[count++] = char(byte);
        index = end;
        continue;
      }
    }
    text[count++] = text[index++];
  }
  return count;
}

inline void lowercase(char* text, size_t size) {
  for (size_t index = 0; index < size; index++) {
    unsigned char byte = text[index];
    text[index] = char(byte + ((unsigned(byte - 'A') < 26u) << 5));
  }
}

/// The fields of one request behind URL_DECODE, HTML_ENTITY_DECODE and LOWERCASE.
struct Transformed {
  std::string buffer;
  std::vector<Field> fields;

  void run(const std::vector<Field>& input) {
    size_t size = 0;
    for (auto& field : input) size += field.value.size() + 1;
    if (buffer.size() < size) buffer.resize(size);
    fields.clear();
    char* place = buffer.data();
    for (auto& field : input) {
      size_t count = entity_decode(place, url_decode(field.value, place));
      lowercase(place, count);
      fields.push_back({field.slot, {place, count}});
      place += count;
      *place++ = 0;
    }
  }
};
