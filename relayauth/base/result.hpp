#pragma once

#include <boost/system/result.hpp>

namespace relayauth {

// result<T, E> holds a T or the reason E why there is none. E is a room's scoped enum `errc`
// (credential's is `refusal`), or a struct that adds where or why to it.
// Look with has_value() or operator bool, then use *r or r.error(): value() would throw.
template <class T, class E>
using result = boost::system::result<T, E>;

}  // namespace relayauth
