#include "measure.hpp"

#include <cstdio>

int main() {
    std::printf("ours / theirs, medians of %d rounds that took turns\n", relayauth::doors::rounds);
    const bool redis = relayauth::doors::measure_redis_door();
    const bool rpc = relayauth::doors::measure_rpc_validate();
    return redis && rpc ? 0 : 1;
}
