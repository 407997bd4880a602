#pragma once

namespace relayauth::stun {

// digest is what the long-term key of a request is made with.
enum class digest { md5, sha256 };

}  // namespace relayauth::stun
