using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Mayhem.Testing;

/// <summary>The real program, as a user runs it. Its hosts end with it. For test projects that refer to Mayhem.Cli.</summary>
public sealed class MayhemProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private MayhemProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it has written to standard output so far, by line.</summary>
    public IReadOnlyList<string> Output => Lines(output);

    /// <summary>What it has written to standard error so far, by line.</summary>
    public IReadOnlyList<string> Errors => Lines(errors);

    /// <summary>Its standard input.</summary>
    public StreamWriter Input => process.StandardInput;

    /// <summary>Starts it in a folder, with environment variables.</summary>
    public static MayhemProcess Start(string folder, string arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "mayhem"), arguments)
        {
            WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new MayhemProcess(new Process { StartInfo = start });
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)> RunAsync(
        string folder, string arguments, params (string Name, string Value)[] environment)
    {
        using var mayhem = Start(folder, arguments, environment);
        mayhem.Input.Close();
        return (await mayhem.EndAsync(), mayhem.Output, mayhem.Errors);
    }

    /// <summary>True once it has ended.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Sends it a signal.</summary>
    public void Send(PosixSignal signal)
    {
        if (!TrySend(signal))
            throw new InvalidOperationException($"mayhem ({process.Id}) does not take {signal}.");
    }

    /// <summary>Sends it a signal. False if it has ended.</summary>
    public bool TrySend(PosixSignal signal)
    {
        var number = signal switch
        {
            PosixSignal.SIGTERM => 15,
            PosixSignal.SIGHUP => 1,
            _ => 2,
        };
        return !process.HasExited && Kill(process.Id, number) == 0;
    }

    /// <summary>Kills it, as <c>kill -9</c>, and waits until it is gone. False if it had ended by itself.</summary>
    public async Task<bool> KillAsync()
    {
        if (process.HasExited)
            return false;
        process.Kill();
        await EndAsync();
        return true;
    }

    /// <summary>Waits for its end and returns the exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"mayhem {process.StartInfo.Arguments} has not ended.\n{string.Join('\n', Output)}\n{string.Join('\n', Errors)}", late);
        }
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
    }

    private static string[] Lines(StringBuilder text)
    {
        lock (text)
            return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
