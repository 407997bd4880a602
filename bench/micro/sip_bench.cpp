#include "bench/micro/fixture.hpp"
#include "relayauth/sip/framer.hpp"
#include "relayauth/sip/request.hpp"

#include <benchmark/benchmark.h>

namespace relayauth::bench {

namespace {

void sip_parse(benchmark::State& state) {
    auto text = service_request();
    const sip::limits limits;
    sip::framer framer(limits);
    static sip::header_table table;
    for (auto _ : state) {
        const auto step = framer.next(text, table);
        if (step.kind != sip::step::kind::message) return state.SkipWithError("not framed");
        const auto parsed = sip::parse_request(table);
        if (parsed.why || parsed.value.cseq_number != 1) return state.SkipWithError("not parsed");
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(sip_parse);

}  // namespace
}  // namespace relayauth::bench
