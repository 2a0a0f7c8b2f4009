using System.Diagnostics;

namespace Mayhem.Benchmarks.Soak;

/// <summary>A soak: slice after slice of work, each with its restarts, and a look at the process after each.</summary>
/// <param name="plan">What to do.</param>
/// <param name="tell">Hears of each slice.</param>
internal sealed class SoakRun(SoakPlan plan, Action<string> tell)
{
    private const int Senders = 64;
    private const int MostInQueue = 2_000;
    private const int Probes = 200;
    private const int SlicesBetweenReopenings = 4;

    private static readonly TimeSpan CalibrationTime = TimeSpan.FromSeconds(5);

    private readonly SoakBook book = new(plan.Messages, plan.Seed, plan.Chaos);

    /// <summary>Carries it out.</summary>
    public async Task<SoakResult> RunAsync()
    {
        var perSecond = await CalibrateAsync();
        var speed = Math.Clamp(plan.HoursOfWork * 3600 / (plan.Messages / perSecond), 1, SoakPlan.MaxSpeed);
        var time = new AcceleratedTime(speed);
        tell(FormattableString.Invariant($"{perSecond:N0} messages a second here: the clock of what is soaked runs {speed:0.#} times as fast as the machine's."));

        var folder = Directory.CreateTempSubdirectory("mayhem-soak-");
        var start = time.GetTimestamp();
        var slices = new List<Vitals>();
        await using (var stack = new SoakStack(book, folder, plan.Retention(perSecond, speed), time))
        {
            await stack.OpenAsync();
            for (var slice = 0; slice < plan.Slices; slice++)
            {
                slices.Add(await SliceAsync(stack, slice, folder));
                tell(slices[^1].Line(slice + 1, plan.Slices));
            }
        }

        folder.Delete(recursive: true);
        return new SoakResult(book.Total(plan.Messages), Flatness.Of([.. slices.Skip(SoakPlan.SlicesOfRetention)]), time.GetElapsedTime(start));
    }

    private async Task<Vitals> SliceAsync(SoakStack stack, int slice, DirectoryInfo folder)
    {
        var (from, to) = (plan.FirstOf(slice), plan.FirstOf(slice + 1));
        var middle = from + ((to - from) / 2);
        await SendAsync(stack, from, middle);
        if (plan.Chaos)
            await stack.RestartWorkerAsync();
        await SendAsync(stack, middle, to);
        await stack.SettledAsync();
        await stack.TakeDeadLettersAsync();
        if (plan.Chaos && (slice + 1) % SlicesBetweenReopenings == 0)
            await stack.ReopenAsync();
        return Vitals.Take(await ProbeAsync(stack, slice), folder);
    }

    private async Task SendAsync(SoakStack stack, int from, int to)
    {
        var next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number < to)
            {
                while (stack.Queue.Counts is { Active: > MostInQueue })
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
                await stack.SendAsync(SoakBook.IdOf(number), book.FateOf(number));
            }
        })));
    }

    private async Task<TimeSpan> ProbeAsync(SoakStack stack, int slice)
    {
        var took = new List<TimeSpan>(Probes);
        for (var probe = 0; probe < Probes; probe++)
            took.Add(await book.ProbeAsync((slice * Probes) + probe, id => stack.SendAsync(id, SoakFate.Well)));
        await stack.SettledAsync();
        book.ForgetProbes();
        return took.Order().ElementAt(Probes / 2);
    }

    /// <summary>How many messages a second this machine carries, which also warms the code up. Nothing goes wrong here.</summary>
    private async Task<double> CalibrateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("mayhem-soak-");
        var messages = 0;
        var start = Stopwatch.GetTimestamp();
        await using (var stack = new SoakStack(new SoakBook(0, plan.Seed, chaos: false), folder, TimeSpan.FromMinutes(1), TimeProvider.System))
        {
            await stack.OpenAsync();
            start = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
            {
                while (Stopwatch.GetElapsedTime(start) < CalibrationTime)
                    await stack.SendAsync(FormattableString.Invariant($"warm-{Interlocked.Increment(ref messages)}"), SoakFate.Well);
            })));
            await stack.SettledAsync();
        }

        folder.Delete(recursive: true);
        return messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
