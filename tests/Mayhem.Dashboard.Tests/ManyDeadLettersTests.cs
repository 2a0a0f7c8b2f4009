using System.Diagnostics;
using Xunit.Abstractions;

namespace Mayhem.Dashboard.Tests;

/// <summary>With a thousand times the dead letters, pages are as quick as before, but for the counting.</summary>
public sealed class ManyDeadLettersTests(ITestOutputHelper output)
{
    private const int Few = 100;
    private const int Many = 100_000;
    private const int Rounds = 21;

    [Fact]
    public async Task Pages_ManyDeadLetters_StayResponsive()
    {
        var few = await MeasureAsync(Few);
        var many = await MeasureAsync(Many);

        foreach (var (path, time) in many)
            output.WriteLine($"{path}: {few[path].TotalMilliseconds:0.00} ms with {Few}, {time.TotalMilliseconds:0.00} ms with {Many}: {time / few[path]:0.0} times");
        Assert.All(many.Values, time => Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromMilliseconds(250)));
    }

    private static async Task<Dictionary<string, TimeSpan>> MeasureAsync(int count)
    {
        await using var stage = await DashboardStage.OpenAsync();
        await stage.KillAsync(count);
        using var http = await stage.HttpAsync();
        var found = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var path in new[] { "/api/dead-letters", "/api/dead-letters?page=2", "/api/dead-letters?host=host-03", "/api/attention" })
        {
            var times = new List<TimeSpan>();
            await http.GetByteArrayAsync(path);
            for (var round = 0; round < Rounds; round++)
            {
                var start = Stopwatch.GetTimestamp();
                await http.GetByteArrayAsync(path);
                times.Add(Stopwatch.GetElapsedTime(start));
            }

            times.Sort();
            found[path] = times[Rounds / 2];
        }

        return found;
    }
}
