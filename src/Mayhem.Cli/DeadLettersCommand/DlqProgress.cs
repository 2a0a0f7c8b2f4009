using Mayhem.DeadLetters.Work;
using Spectre.Console;

namespace Mayhem.Cli.DeadLettersCommand;

/// <summary>Shows a bar while something takes longer, where somebody sees it: on standard error, so that output stays clean.</summary>
internal static class DlqProgress
{
    /// <summary>Does the work and shows how far it is.</summary>
    public static async Task<BenchOutcome> ShowAsync(string what, Func<IProgress<BenchProgress>?, Task<BenchOutcome>> work)
    {
        if (Console.IsErrorRedirected)
            return await work(null);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(enabled: true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(what, autoStart: true);
                return await work(new Reporter(bar, what));
            });
    }

    private sealed class Reporter(ProgressTask bar, string what) : IProgress<BenchProgress>
    {
        public void Report(BenchProgress value)
        {
            bar.MaxValue = Math.Max(1, value.Planned);
            bar.Value = value.Done + value.Failed;
            bar.Description = value.Failed == 0 ? $"{what} {value.Done} of {value.Planned}" : $"{what} {value.Done} of {value.Planned}, {value.Failed} failed";
        }
    }
}
