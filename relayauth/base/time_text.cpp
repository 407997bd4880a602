#include "relayauth/base/time_text.hpp"

#include "relayauth/base/ascii.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace relayauth {
namespace {

using namespace std::chrono;

constexpr std::array<const char*, 7> day_names = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr wall_time end_of_9999 = wall_time::from_unix(seconds{253'402'300'800});

struct calendar_time {
    year_month_day date;
    hh_mm_ss<seconds> time;
    weekday day;
};

calendar_time calendar_of(wall_time t) {
    const sys_seconds at{t.unix_seconds()};
    const auto day = floor<days>(at);
    return {year_month_day(day), hh_mm_ss<seconds>(at - day), weekday(day)};
}

// Both are called with values below 10000 only.
void put_digits(char*& out, unsigned value, unsigned count) {
    for (unsigned i = count; i-- > 0; value /= 10) out[i] = static_cast<char>('0' + value % 10);
    out += count;
}
void put_text(char*& out, const char* text, std::size_t size) {
    std::memcpy(out, text, size);
    out += size;
}

// take_digits reads exactly `count` digits off the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!ascii::is_digit(text[i])) return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

std::optional<wall_time> from_calendar(int y, int mo, int d, int h, int mi, int s) {
    const year_month_day date{year{y}, month{static_cast<unsigned>(mo)},
                              day{static_cast<unsigned>(d)}};
    // RFC 3339 5.7 allows second 60; a leap second is the instant after :59.
    if (!date.ok() || y < 1601 || h > 23 || mi > 59 || s > 60) return std::nullopt;
    return wall_time::from_unix(sys_days(date).time_since_epoch() + hours{h} + minutes{mi} +
                                seconds{s});
}

}  // namespace

std::string utc_text(wall_time t) {
    if (t >= end_of_9999) return "after the year 9999";
    const auto c = calendar_of(t);
    std::string text(20, '\0');
    char* out = text.data();
    put_digits(out, static_cast<unsigned>(static_cast<int>(c.date.year())), 4);
    put_text(out, "-", 1);
    put_digits(out, static_cast<unsigned>(c.date.month()), 2);
    put_text(out, "-", 1);
    put_digits(out, static_cast<unsigned>(c.date.day()), 2);
    put_text(out, "T", 1);
    put_digits(out, static_cast<unsigned>(c.time.hours().count()), 2);
    put_text(out, ":", 1);
    put_digits(out, static_cast<unsigned>(c.time.minutes().count()), 2);
    put_text(out, ":", 1);
    put_digits(out, static_cast<unsigned>(c.time.seconds().count()), 2);
    put_text(out, "Z", 1);
    return text;
}

void sip_date(wall_time t, char* out) {
    const auto c = calendar_of(t < end_of_9999 ? t : end_of_9999 - ticks{1});
    put_text(out, day_names[c.day.c_encoding()], 3);
    put_text(out, ", ", 2);
    put_digits(out, static_cast<unsigned>(c.date.day()), 2);
    put_text(out, " ", 1);
    put_text(out, month_names[static_cast<unsigned>(c.date.month()) - 1], 3);
    put_text(out, " ", 1);
    put_digits(out, static_cast<unsigned>(static_cast<int>(c.date.year())), 4);
    put_text(out, " ", 1);
    put_digits(out, static_cast<unsigned>(c.time.hours().count()), 2);
    put_text(out, ":", 1);
    put_digits(out, static_cast<unsigned>(c.time.minutes().count()), 2);
    put_text(out, ":", 1);
    put_digits(out, static_cast<unsigned>(c.time.seconds().count()), 2);
    put_text(out, " GMT", 4);
}

std::optional<wall_time> parse_sip_date(std::string_view text) {
    if (text.size() != sip_date_size) return std::nullopt;
    text.remove_prefix(3);  // the day's name adds nothing, and some clients get it wrong
    if (!take(text, ", ")) return std::nullopt;
    const auto d = take_digits(text, 2);
    if (!d || !take(text, " ")) return std::nullopt;
    int mo = 0;
    for (int i = 0; i < 12; ++i) {
        if (ascii::equal_ignoring_case(text.substr(0, 3), month_names[static_cast<std::size_t>(i)]))
            mo = i + 1;
    }
    text.remove_prefix(3);
    if (mo == 0 || !take(text, " ")) return std::nullopt;
    const auto y = take_digits(text, 4);
    if (!y || !take(text, " ")) return std::nullopt;
    const auto h = take_digits(text, 2);
    if (!h || !take(text, ":")) return std::nullopt;
    const auto mi = take_digits(text, 2);
    if (!mi || !take(text, ":")) return std::nullopt;
    const auto s = take_digits(text, 2);
    if (!s || text != " GMT") return std::nullopt;
    return from_calendar(*y, mo, *d, *h, *mi, *s);
}

std::optional<wall_time> parse_utc(std::string_view text) {
    std::int64_t since_1970 = 0;
    const auto number = std::from_chars(text.data(), text.data() + text.size(), since_1970);
    if (!text.empty() && number.ec == std::errc() && number.ptr == text.data() + text.size()) {
        return wall_time::from_unix(seconds{since_1970});
    }
    const auto y = take_digits(text, 4);
    if (!y || !take(text, "-")) return std::nullopt;
    const auto mo = take_digits(text, 2);
    if (!mo || !take(text, "-")) return std::nullopt;
    const auto d = take_digits(text, 2);
    if (!d || !(take(text, "T") || take(text, "t") || take(text, " "))) return std::nullopt;
    const auto h = take_digits(text, 2);
    if (!h || !take(text, ":")) return std::nullopt;
    const auto mi = take_digits(text, 2);
    if (!mi) return std::nullopt;
    int s = 0;
    ticks fraction{0};
    if (take(text, ":")) {
        const auto read = take_digits(text, 2);
        if (!read) return std::nullopt;
        s = *read;
        if (take(text, ".")) {
            if (text.empty() || !ascii::is_digit(text[0])) return std::nullopt;
            for (std::int64_t unit = 1'000'000; !text.empty() && ascii::is_digit(text[0]);
                 unit /= 10) {
                fraction += ticks{unit * (text[0] - '0')};
                text.remove_prefix(1);
            }
        }
    }
    if (text != "Z" && text != "z") return std::nullopt;
    const auto whole = from_calendar(*y, *mo, *d, *h, *mi, s);
    if (!whole) return std::nullopt;
    return *whole + fraction;
}

std::optional<ticks> parse_duration(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, ticks>, 5> units = {{{"d", days{1}},
                                                                          {"h", hours{1}},
                                                                          {"m", minutes{1}},
                                                                          {"s", seconds{1}},
                                                                          {"ms", milliseconds{1}}}};
    const bool negative = take(text, "-");
    if (!negative) take(text, "+");
    ticks sum{0};
    std::size_t next_unit = 0;
    do {
        std::uint32_t count = 0;
        const auto number = std::from_chars(text.data(), text.data() + text.size(), count);
        if (number.ec != std::errc()) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(number.ptr - text.data()));
        const auto letters = text.substr(0, text.find_first_of("0123456789"));
        while (next_unit < units.size() && units[next_unit].first != letters) ++next_unit;
        if (next_unit == units.size()) return std::nullopt;
        constexpr ticks longest = days{36'525};
        if (count > longest / units[next_unit].second) return std::nullopt;
        sum += count * units[next_unit].second;
        if (sum > longest) return std::nullopt;
        ++next_unit;
        text.remove_prefix(letters.size());
    } while (!text.empty());
    return negative ? -sum : sum;
}

std::string duration_text(ticks d) {
    if (d < ticks{0}) d = d == ticks::min() ? ticks::max() : -d;
    if (d < milliseconds{1} && d > ticks{0}) return "under 1 ms";
    if (d < seconds{1} && d > ticks{0}) {
        char text[16];
        std::snprintf(text, sizeof text, "%.2g s", std::chrono::duration<double>(d).count());
        return text;
    }
    // To the nearest second: 7 h 59 min 59.98 s is 8 h to whoever reads it.
    const auto part = d % ticks(seconds{1});
    if (part >= milliseconds{500} && d <= ticks::max() - ticks(seconds{1})) d += seconds{1};
    d -= part;
    std::string text;
    const auto add = [&](auto unit, const char* name) {
        const auto count = duration_cast<decltype(unit)>(d);
        if (count.count() == 0) return;
        d -= count;
        if (!text.empty()) text += ' ';
        text += std::to_string(count.count()) + ' ' + name;
    };
    add(days{}, "d");
    add(hours{}, "h");
    add(minutes{}, "min");
    add(seconds{}, "s");
    return text.empty() ? "0 s" : text;
}

std::string exact_duration_text(milliseconds d) {
    const auto whole_minutes = duration_cast<minutes>(d);
    const auto rest = d - whole_minutes;
    if (rest % seconds{1} == milliseconds{0}) return duration_text(d);
    char text[16];
    std::snprintf(text, sizeof text, "%.3f", std::chrono::duration<double>(rest).count());
    std::string shown = text;
    shown.erase(shown.find_last_not_of('0') + 1);
    return (whole_minutes == minutes{0} ? "" : duration_text(whole_minutes) + ' ') + shown + " s";
}

std::string signed_duration_text(ticks d) {
    const char* sign = d >= milliseconds{1} ? "+" : d <= -milliseconds{1} ? "-" : "";
    return sign + duration_text(d);
}

ticks near_minute(ticks measured_offset) {
    const ticks whole = rounded<minutes>(measured_offset);
    const auto beside = measured_offset - whole;
    const bool near = beside <= seconds{1} && beside >= -seconds{1};
    return near && whole != ticks{0} ? whole : measured_offset;
}

std::optional<std::string> time_zone_words(ticks measured_offset) {
    constexpr ticks quarter = minutes{15}, slack = seconds{60};
    // First of all, so that no sum below can overflow: a hostile token may be ages away.
    if (measured_offset > hours{27} || measured_offset < -hours{27}) return std::nullopt;
    const auto size = measured_offset < ticks{0} ? -measured_offset : measured_offset;
    const auto nearest = (size + quarter / 2) / quarter * quarter;
    const auto miss = size > nearest ? size - nearest : nearest - size;
    if (miss > slack || nearest < minutes{30} || nearest > hours{26}) return std::nullopt;
    return "looks like a time zone error of " +
           signed_duration_text(measured_offset < ticks{0} ? -nearest : nearest);
}

}  // namespace relayauth
