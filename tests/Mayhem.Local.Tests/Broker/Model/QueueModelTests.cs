using FsCheck;
using FsCheck.Fluent;

namespace Mayhem.Local.Tests.Broker.Model;

/// <summary>Random commands, clocks that run and jump, and restarts from the journal: the queue answers and holds what the naive model does.</summary>
public class QueueModelTests
{
    private const int Variants = 48;

    [Fact]
    public void Queue_AnyCommands_DoesWhatTheModelDoes() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(120),
        Prop.ForAll(Commands(), commands =>
        {
            var driver = new QueueDriver(commands.Count == 0 ? 0 : commands[0].How % Variants);
            foreach (var (what, how) in commands)
                driver.Do(what, how);
        }));

    private static Arbitrary<List<(int What, int How)>> Commands() =>
        Arb.From(Gen.Choose(0, 9999).Two().Select(pair => (What: pair.Item1, How: pair.Item2)).ListOf().Resize(160).Select(commands => commands.ToList()), WithLess);

    // The first command chooses the variant of the queue, so it stays.
    private static IEnumerable<List<(int What, int How)>> WithLess(List<(int What, int How)> commands)
    {
        for (var size = commands.Count / 2; size >= 1; size /= 2)
        {
            for (var from = 1; from + size <= commands.Count; from += size)
                yield return [.. commands.Take(from), .. commands.Skip(from + size)];
        }
    }
}
