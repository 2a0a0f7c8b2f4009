namespace Mayhem.FrameCapture.Samples;

/// <summary>Every sample by its name, for what must hold for all of them.</summary>
public static class AllSamples
{
    public static IReadOnlyDictionary<string, Func<Task>> ByName { get; } = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
    {
        ["sync"] = Sync(() => new PlainMethods().Outer("host")),
        ["loop"] = Sync(() => PlainMethods.Find(["a", null])),
        ["too early"] = Sync(() => PlainMethods.TooEarly(throws: true)),
        ["by reference"] = Sync(ByReference),
        ["not capturable"] = Sync(NotCapturable),
        ["patterns"] = Sync(() => PlainMethods.Patterns(new[] { 1, 2, 3 })),
        ["recursion"] = Sync(() => PlainMethods.Recurse(0, 5)),
        ["constructor"] = Sync(() => new Derived("name")),
        ["struct constructor"] = Sync(() => new Money(1, "four")),
        ["struct method"] = Sync(() => new Money(1, "EUR").Split(0)),
        ["init accessor"] = Sync(() => new Limited { Limit = 6 }),
        ["generic"] = Sync(() => new Box<string>().Put(1, "item")),
        ["generic of value types"] = Sync(() => new Box<int>().Put("key", 2)),
        ["async generic"] = () => new Box<string>().PutLater(1, "item"),
        ["static abstract"] = Sync(() => Number.Through<Number>("x")),
        ["async"] = () => new Asynchronous().Outer("cattle-1"),
        ["rethrown across await"] = () => new Asynchronous().RethrownAcrossAwait("host"),
        ["thrown from capture"] = () => Asynchronous.ThrownFromCapture("host"),
        ["all of"] = () => new Asynchronous().AllOf("host"),
        ["wrapped"] = () => new Asynchronous().Wrapped("host"),
        ["async loop"] = () => Asynchronous.Loop(["abc", "abcd"]),
        ["iterator"] = Sync(() => new Iterators().Sum(2)),
        ["async iterator"] = () => new Iterators().SumAsync(2),
        ["lambda"] = Sync(() => new Closures().InLambda("host", 3)),
        ["local function"] = Sync(() => Closures.InLocalFunction("host")),
        ["static lambda"] = Sync(() => Closures.InStaticLambda(8)),
        ["async lambda"] = () => new Closures().InAsyncLambda("host"),
        ["changed parameter"] = Sync(() => Closures.ParameterChangedInLambda(2)),
        ["try is all"] = Sync(() => Regions.TryIsAll("host")),
        ["both throw"] = Sync(() => Regions.BothThrow("host")),
        ["throws in finally"] = Sync(() => Regions.ThrowsInFinally("host")),
        ["throws in filter"] = Sync(() => Regions.ThrowsInFilter("host")),
        ["rethrows"] = Sync(() => Regions.Rethrows("host")),
        ["throws caught again"] = Sync(() => Regions.ThrowsCaughtAgain("host")),
        ["secrets"] = Sync(() => Secrets.Use("planted-1", new Credential("planted-2"), "planted-3", "ann")),
        ["captured secret"] = Sync(() => Secrets.Capture("planted-4", "ann")),
        ["async secret"] = () => Secrets.UseLater("planted-11", "ann"),
    };

    private static Func<Task> Sync(Action sample) => () =>
    {
        sample();
        return Task.CompletedTask;
    };

    private static Func<Task> Sync(Func<object?> sample) => Sync(() => { sample(); });

    private static void ByReference()
    {
        var counter = 1;
        PlainMethods.ByReference(ref counter, out var name, Guid.Empty);
        Console.WriteLine(name);
    }

    private static unsafe void NotCapturable()
    {
        var seven = 7;
        PlainMethods.NotCapturable([1, 7], &seven, "kept");
    }
}
