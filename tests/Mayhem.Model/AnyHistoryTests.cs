using System.Globalization;
using System.Runtime.ExceptionServices;
using Mayhem.Model.Histories;

namespace Mayhem.Model;

/// <summary>
/// The whole application, but for threads and network, against a reference model, over histories drawn by chance. <c>MAYHEM_MODEL_RUNS</c> says how many,
/// <c>MAYHEM_MODEL_SEED</c> where to begin: a history is drawn from one seed, and runs the same way each time.
/// </summary>
public class AnyHistoryTests
{
    private const ulong Runs = 3000;

    [Fact]
    public void AnyHistory_NothingIsLost_AndNothingIsDoneTwice()
    {
        var first = Setting("MAYHEM_MODEL_SEED", 20261121);
        var end = first + Setting("MAYHEM_MODEL_RUNS", Runs);
        var next = first - 1;
        Exception? wrong = null;

        // Threads of their own: a history waits for the pool now and then, and must not wait for itself.
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(RunUntilEnd)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (wrong is not null)
            ExceptionDispatchInfo.Throw(wrong);

        void RunUntilEnd()
        {
            for (var seed = Interlocked.Increment(ref next); seed < end && Volatile.Read(ref wrong) is null; seed = Interlocked.Increment(ref next))
            {
                try
                {
                    HistoryRun.Holds(RandomHistories.Draw(seed), $"MAYHEM_MODEL_SEED={seed} MAYHEM_MODEL_RUNS=1");
                }
                catch (Exception failure)
                {
                    Interlocked.CompareExchange(ref wrong, failure, null);
                }
            }
        }
    }

    [Fact]
    public void AnyHistory_RunTwice_HappensTheSameWay()
    {
        for (var seed = 1UL; seed <= 60; seed++)
        {
            var history = RandomHistories.Draw(seed);
            Assert.Equal(HistoryRun.Run(history).Trace, HistoryRun.Run(history).Trace);
        }
    }

    private static ulong Setting(string name, ulong otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
