using System.CommandLine;

namespace Mayhem.Cli.DoctorCommand;

/// <summary>The command <c>mayhem doctor</c>: its options, and how they are read.</summary>
internal static class DoctorCommandLine
{
    /// <summary>Declares the command.</summary>
    public static Command Create(Func<DoctorOptions, Task<int>> run)
    {
        var queue = new Option<string?>("--queue")
        {
            HelpName = "FILE", Description = "Check against the queue in this JSON file, as 'az servicebus queue show' prints it, instead of the queue of 'mayhem up'.",
        };
        var bus = new Option<string?>("--namespace") { HelpName = "NAME", Description = "Check against the queue MayhemQueue of this Service Bus namespace." };
        var strict = new Option<bool>("--strict") { Description = "Fail on warnings too." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object a finding instead of text." };
        var command = new Command("doctor", "Check settings, host.json and the queue against each other. Exit code 0: healthy; 2: errors found.") { queue, bus, strict, json };
        command.SetAction(parsed =>
        {
            var options = new DoctorOptions(parsed.GetValue(queue), parsed.GetValue(bus), parsed.GetValue(strict), parsed.GetValue(json));
            return options is { QueueFile: not null, Namespace: not null }
                ? throw new UsageException("--queue and --namespace both name a queue: give one of them")
                : run(options);
        });
        return command;
    }
}
