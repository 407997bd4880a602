// Boost.JSON's own sources, compiled here and nowhere else: Debian's headers come without need of
// its library.
#include <boost/json/src.hpp>
