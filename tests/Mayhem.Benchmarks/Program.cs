using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Mayhem.Benchmarks.FrameCapture;
using Mayhem.Benchmarks.Journal;
using Mayhem.Benchmarks.Renewals;
using Mayhem.Benchmarks.Scenarios;
using Mayhem.Benchmarks.Simulation;
using Mayhem.Benchmarks.Soak;
using Mayhem.Benchmarks.Startup;

switch (args)
{
    case [ScenarioCommand.Name, .. var options]:
        return await ScenarioCommand.RunAsync(options);
    case [JournalCommand.Name, .. var options]:
        return await JournalCommand.RunAsync(options);
    case [SoakCommand.Name, .. var options]:
        return await SoakCommand.RunAsync(options);
    case [FrameCommand.Name, .. var options]:
        return await FrameCommand.RunAsync(options);
    case [RenewalCommand.Name, .. var options]:
        return await RenewalCommand.RunAsync(options);
    case [SimulationCommand.Name, .. var options]:
        return await SimulationCommand.RunAsync(options);
    case [StartupCommand.Name, .. var options]:
        return await StartupCommand.RunAsync(options);
}

// In process: the generated projects of the default toolchain would not find this repository's build settings.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.AddJob(job));
return 0;
