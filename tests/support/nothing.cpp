// The headers that all test programs share are precompiled with this file; it has none of its own.
