// Holds nothing: the compiled headers that all test programs share belong to its target.
