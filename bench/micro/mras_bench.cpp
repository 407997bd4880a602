#include "bench/micro/fixture.hpp"
#include "relayauth/mras/request.hpp"

#include <benchmark/benchmark.h>
#include <pugixml.hpp>

#include <cstring>

namespace relayauth::bench {
namespace {

// Both parse in place and so begin with the same copy.
void pugixml_alone(benchmark::State& state) {
    const auto body = mras_body();
    std::string copy(body);
    for (auto _ : state) {
        std::memcpy(copy.data(), body.data(), body.size());
        pugi::xml_document document;
        const auto parsed = document.load_buffer_inplace(copy.data(), copy.size());
        if (!parsed || document.first_child().first_child().empty())
            return state.SkipWithError("not parsed");
    }
}
BENCHMARK(pugixml_alone);

void mras_parse(benchmark::State& state) {
    const auto body = mras_body();
    std::string copy(body);
    mras::request_parser parser;
    for (auto _ : state) {
        std::memcpy(copy.data(), body.data(), body.size());
        const auto parsed = parser.parse(copy);
        if (parsed.why || parsed.value.credentials.size() != 1)
            return state.SkipWithError("not parsed");
    }
}
BENCHMARK(mras_parse);

}  // namespace
}  // namespace relayauth::bench
