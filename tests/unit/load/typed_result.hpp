#pragma once

#include <string>

namespace relayauth::load {

// typed_result is a whole result file, typed by hand.
inline const std::string typed_result = R"json({"format":"relayauth load 1",
"options":{"--server":"edge:5062","--rate":"1000"},
"machines":[{"host":"a","cores":"2"},{"host":"b"}],
"started":1795339854,
"measured_seconds":10.000000001,
"closed_loop":true,
"tls":true,
"warm_up":{"requests":7,"errors":1},
"requests":{"planned":78,"good":12,"refused":2,"wrong":3,"swapped":4,"late":5,"lost":6,"truncated":7,
  "closed":8,"reset":9,"unconnected":10,"unsent":12},
"incidents":{"repeated":1,"unasked":2,"reordered":3,"connected":4,"reconnected":5,"connect_failed":6,
  "handshake_failed":7,"handshakes":8,"resumed":9},
"refused_by":{"Server Busy":1,"a\"b":1},
"wrong_by":{"CSeq":3},
"rate":{},
"latency":{"histogram":{"min_ns":5,"max_ns":2049,"sum_ns":2059,"buckets":[[5,2],[2048,1]]}},
"service":{"histogram":{"min_ns":0,"max_ns":0,"sum_ns":0,"buckets":[]}},
"handshake":{"histogram":{"min_ns":7,"max_ns":7,"sum_ns":7.0,"buckets":[[7,1]]}},
"time_line":{"interval_seconds":2,"intervals":[
  {"planned":9,"good":8,"errors":1,"handshakes":2,"latency":[[1,5],[863,3]]},
  {"planned":0,"good":0,"errors":0,"handshakes":0,"latency":[]}]},
"good_in_time":1,
"left_in_flight":7,
"behind_seconds":1.5,
"self":{"cpu_share":0.25,"waited_share":0.125,"sent_late":3,"longest_stall_ms":0.000001,
  "lag":{"histogram":{"min_ns":0,"max_ns":0,"sum_ns":0,"buckets":[[0,4]]}},"out_of_ports":6},
"sample":{"validated":100,"refused_by":{"expired":2},"problem":"none"},
"goals":"p99<2ms",
"verdict":{"kind":"void","reasons":["one","two"]}}
)json";

}  // namespace relayauth::load
