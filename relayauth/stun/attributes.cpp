#include "relayauth/stun/attributes.hpp"

#include "relayauth/stun/wire_constants.hpp"

namespace relayauth::stun {
namespace {

std::size_t padded(std::size_t size) {
    return (size + attribute_alignment - 1) / attribute_alignment * attribute_alignment;
}

// What may stand behind what: each of these behind those that are not higher.
enum class place { body, integrity, integrity_sha256, fingerprint };

place place_of(std::uint16_t type, form dialect) {
    if (type == attribute::message_integrity) return place::integrity;  // of both dialects
    if (dialect == form::ms_turn) return place::body;
    if (type == attribute::message_integrity_sha256) return place::integrity_sha256;
    if (type == attribute::fingerprint) return place::fingerprint;
    return place::body;
}

bool is_sha256_integrity_size(std::size_t size) {
    return size >= min_sha256_integrity_size && size <= sha256_integrity_size && size % 4 == 0;
}

class reader {
public:
    explicit reader(form dialect) : dialect_(dialect) {}
    const attributes& found() const { return found_; }

    std::optional<errc> take(std::uint16_t type, bytes_view value) {
        const auto here = place_of(type, dialect_);
        if (here < last_) {
            return last_ == place::fingerprint ? errc::fingerprint_not_last
                                               : errc::integrity_not_last;
        }
        last_ = here;
        return dialect_ == form::rfc ? take_rfc(type, value) : take_ms_turn(type, value);
    }

private:
    template <class T>
    static std::optional<errc> once(std::optional<T>& slot, T value) {
        if (slot) return errc::attribute_repeated;
        slot = value;
        return std::nullopt;
    }

    std::optional<errc> take_rfc(std::uint16_t type, bytes_view value) {
        switch (type) {
            case attribute::username:
                return once(found_.username, value);
            case attribute::realm:
                return once(found_.realm, value);
            case attribute::nonce:
                return once(found_.nonce, value);
            case attribute::userhash:
                if (value.size() != userhash_size) return errc::userhash_size;
                return once(found_.userhash, value);
            case attribute::password_algorithm:
                return take_password_algorithm(value);
            case attribute::message_integrity:
                if (value.size() != sha1_integrity_size) return errc::integrity_size;
                return once(found_.integrity, value);
            case attribute::message_integrity_sha256:
                if (!is_sha256_integrity_size(value.size())) return errc::integrity_size;
                return once(found_.integrity_sha256, value);
            case attribute::fingerprint:
                if (value.size() != fingerprint_size) return errc::fingerprint_size;
                return once(found_.fingerprint, value);
        }
        return std::nullopt;
    }

    std::optional<errc> take_ms_turn(std::uint16_t type, bytes_view value) {
        switch (type) {
            case ms_attribute::username:
                return once(found_.username, value);
            case ms_attribute::realm:
                return once(found_.realm, value);
            case ms_attribute::nonce:
                return once(found_.nonce, value);
            case ms_attribute::message_integrity:
                if (value.size() != sha1_integrity_size && value.size() != sha256_integrity_size) {
                    return errc::integrity_size;
                }
                return once(found_.integrity, value);
        }
        return std::nullopt;
    }

    std::optional<errc> take_password_algorithm(bytes_view value) {
        if (value.size() < password_algorithm_header_size) {
            return errc::password_algorithm_malformed;
        }
        const auto number = load_be16(value.data());
        const std::size_t size = load_be16(&value[2]), room = value.size() - 4;
        // RFC 8489 14.11: the parameters are padded within the attribute too; some leave that out.
        if (room != size && room != padded(size)) return errc::password_algorithm_malformed;
        const bool known = number == password_algorithm_md5 || number == password_algorithm_sha256;
        if (known && size != 0) return errc::password_algorithm_malformed;  // RFC 8489 18.5
        return once(found_.password_algorithm, number);
    }

    form dialect_;
    place last_ = place::body;
    attributes found_;
};

}  // namespace

result<attributes, errc> read_attributes(bytes_view list, form dialect) {
    reader read(dialect);
    while (!list.empty()) {
        if (list.size() < attribute_header_size) return errc::attribute_overruns;
        const auto type = load_be16(list.data());
        const std::size_t size = load_be16(&list[2]);
        const auto whole = attribute_header_size + (dialect == form::rfc ? padded(size) : size);
        if (whole > list.size()) return errc::attribute_overruns;
        const auto why = read.take(type, list.subspan(attribute_header_size, size));
        if (why) return *why;
        list = list.subspan(whole);
    }
    return read.found();
}

}  // namespace relayauth::stun
