"""The command line. Each command is one function; the work is done elsewhere.

Exit codes: 0 done, 1 done but something needs attention, 2 wrong usage.
"""

import enum
import importlib.util
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from autograder.environment import put_tools_on_path

app = typer.Typer(
    name="autograder",
    help="Why won't it learn? Grades, diagnoses and teaches TensorFlow training steps.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)

CourseDir = Annotated[
    Path | None,
    typer.Option("--course-dir", metavar="DIR", help="The nbgrader course. [default: the current folder]"),
]


class Isolation(str, enum.Enum):
    """How a student's code is kept apart."""

    AUTO = "auto"
    SANDBOX = "sandbox"
    PROCESS = "process"


@app.command()
def grade(
    assignments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ASSIGNMENT",
            help="What to grade. [default: all that has submissions]",
            show_default=False,
        ),
    ] = None,
    course_dir: CourseDir = None,
    students: Annotated[
        list[str] | None,
        typer.Option("--student", metavar="ID", help="Grade this student only; may be repeated."),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            "-j",
            min=0,
            metavar="N",
            help="Submissions at a time. [default: one per core]",
            show_default=False,
        ),
    ] = 0,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS",
            help="Run the notebooks on the Dask cluster of this scheduler, such as tcp://host:8786.",
        ),
    ] = None,
    isolation: Annotated[
        Isolation,
        typer.Option(
            help="How students' code is kept apart: in a sandbox, which is the default and refuses to go on "
            "where there can be none, or as an ordinary process, for students whom you trust."
        ),
    ] = Isolation.AUTO,
    tests_in_kernel: Annotated[
        bool,
        typer.Option(
            "--trust-tests-in-kernel",
            help="Run the tests of courses other than this one in the student's kernel, as stock nbgrader "
            "does, instead of apart from it. Students' code can then change what tests say.",
        ),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Grade again what has not changed.")] = False,
    feedback: Annotated[bool, typer.Option(help="Write feedback pages for the students.")] = True,
    json_file: Annotated[
        Path | None,
        typer.Option(
            "--json", metavar="FILE", help="Write the results there as JSON (“-”: to the terminal)."
        ),
    ] = None,
) -> None:
    """Grade submissions of any nbgrader course into its gradebook.

    Formgrader, “nbgrader generate_feedback” and “nbgrader export” go on from there.
    """
    console = Console(stderr=json_file == Path("-"))
    if json_file is not None and not (json_file.parent.is_dir() and not json_file.is_dir()):
        _stop(f"The results cannot be written to {json_file}: there is no such folder, or it is one.", 2)
    if scheduler is not None and jobs:
        _stop(
            "--jobs is for grading on this machine. With --scheduler, the cluster's workers say by their "
            "threads how many submissions run at a time.",
            2,
        )
    from autograder.grading import sandbox
    from autograder.grading.result import GradingError

    try:
        kept_apart = sandbox.choose(isolation.value, here=scheduler is None)
    except GradingError as error:
        _stop(str(error), error.exit_code)
    _say(console, sandbox.TOLD[kept_apart])
    with _runner(console, scheduler, jobs, kept_apart, begin_now=len(students or ()) != 1) as runner:
        options: dict[str, Any] = {"students": tuple(students or ()), "jobs": jobs, "force": force}
        options |= {"feedback": feedback, "isolation": kept_apart, "tests_in_kernel": tests_in_kernel}
        results = _grade(console, course_dir, assignments or [], options, runner)
    if json_file is not None:
        data: Any = [result.to_json() for result in results]
        _write_json(data[0] if len(data) == 1 else data, json_file)
    raise typer.Exit(1 if any(result.needs_attention for result in results) else 0)


def _runner(console: Console, scheduler: str | None, jobs: int, isolation: str, *, begin_now: bool) -> Any:
    """What runs the notebooks: warm hosts on this machine, or a cluster."""
    from autograder.grading.launch import Hosts
    from autograder.grading.result import GradingError
    from autograder.grading.sandbox import wall_for

    if scheduler is None:
        hosts = Hosts(jobs, wall_for(isolation))
        if begin_now:
            hosts.start()  # they have as much to import as this process, so they begin before it
        return hosts
    from autograder.grading.cluster import Cluster

    try:
        return Cluster(scheduler, lambda sentence: _say(console, sentence))
    except GradingError as error:
        _stop(str(error), error.exit_code)


def _grade(
    console: Console, course_dir: Path | None, assignments: list[str], settings: dict[str, Any], runner: Any
) -> list[Any]:
    """Grade assignments one after the other, and show the result of each."""
    from autograder.grading.batch import Options, choose_assignments, grade
    from autograder.grading.course import Course
    from autograder.grading.lookback import look_back
    from autograder.grading.report import write_report
    from autograder.grading.result import GradingError
    from autograder.grading.show import Display, show_result

    display = Display(console)
    results = []
    try:
        course = Course.open(course_dir)
        chosen = choose_assignments(course, assignments)
        if not chosen:
            _stop(f"There is nothing to grade in {course.root / course.coursedir.submitted_directory}.", 1)
        options = Options(**settings)
        for assignment in chosen:
            try:
                result = grade(course, assignment, options, display, runner)
            finally:
                display.end()
            results.append(result)
            report = None
            if not result.left:
                try:
                    report = write_report(course, look_back(course, assignment))
                except GradingError as error:  # the grades are recorded, and their table is still to be seen
                    result = replace(result, notes=(*result.notes, str(error)))
                    results[-1] = result
            show_result(console, course, result, report)
            if result.left:
                break
    except GradingError as error:
        _stop(str(error), error.exit_code)
    except KeyboardInterrupt:
        _stop("Stopped. What was recorded is complete; grade again to go on.", 1)
    return results


@app.command()
def doctor() -> None:
    """Say what this machine can do for grading, and what to do about what is missing.

    Exit code 0 means that nothing is missing.
    """
    from autograder.grading.doctor import examine

    found = examine()
    _say(Console(), *(f"{'✓' if finding.good else '✗'} {finding.sentence}" for finding in found))
    raise typer.Exit(0 if all(finding.good for finding in found) else 1)


@app.command()
def report(
    assignment: Annotated[
        str | None,
        typer.Argument(
            metavar="ASSIGNMENT",
            help="The assignment to report on. [default: all that has submissions]",
            show_default=False,
        ),
    ] = None,
    course_dir: CourseDir = None,
) -> None:
    """Write the class report of what was graded: one HTML file beside the gradebook."""
    from autograder.grading.batch import choose_assignments
    from autograder.grading.course import Course
    from autograder.grading.lookback import look_back
    from autograder.grading.report import write_report
    from autograder.grading.result import GradingError

    console = Console()
    try:
        course = Course.open(course_dir)
        chosen = choose_assignments(course, [assignment] if assignment else [])
        if not chosen:
            _stop(f"There is nothing to report in {course.root / course.coursedir.submitted_directory}.", 1)
        classes = [look_back(course, name) for name in chosen]
        for seen in classes:
            console.print(
                f"Report: {write_report(course, seen)}", markup=False, highlight=False, soft_wrap=True
            )
    except GradingError as error:
        _stop(str(error), error.exit_code)
    raise typer.Exit(1 if any(seen.result.needs_attention for seen in classes) else 0)


class Platform(str, enum.Enum):
    """Whose grade import a file is for."""

    CANVAS = "canvas"
    MOODLE = "moodle"


@app.command()
def export(
    platform: Annotated[Platform, typer.Argument(help="Whose grade import the file is for.")],
    assignments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ASSIGNMENT", help="What to export. [default: all that is graded]", show_default=False
        ),
    ] = None,
    course_dir: CourseDir = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="[default: grades-canvas.csv or grades-moodle.csv there]"),
    ] = None,
) -> None:
    """Write the gradebook's points as CSV that Canvas or Moodle can import.

    For one line a student and assignment, with all dates, there is “nbgrader export”.
    """
    from autograder.grading import export as exporting
    from autograder.grading.course import Course
    from autograder.grading.result import GradingError

    console = Console()
    try:
        course = Course.open(course_dir)
        grades = exporting.read_grades(course, assignments or [])
        target = to or course.root / f"grades-{platform.value}.csv"
        exporting.write_grades(grades, platform.value, target)
    except GradingError as error:
        _stop(str(error), error.exit_code)
    for sentence in (f"Grades: {target}", *exporting.still_open(grades), exporting.PLATFORMS[platform.value]):
        console.print(sentence, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(1 if grades.waiting else 0)


@app.command(name="try")
def try_(
    assignment: Annotated[str, typer.Argument(help="The assignment, such as 01-tape-scope.")],
    problem: Annotated[str, typer.Argument(help="The problem: the grade id of its answer cell.")],
    answer: Annotated[
        Path, typer.Argument(metavar="ANSWER.py", help="A file with the text of the answer cell.")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result as JSON, and nothing else.")
    ] = False,
    course_dir: CourseDir = None,
) -> None:
    """Grade one answer as a submission, and print what each test says.

    The file's text takes the place of the answer cell in a fresh student version.
    """
    try:
        text = answer.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        _stop(f"{answer} is not text in UTF-8.", 2)
    except OSError as error:
        _stop(f"{answer} cannot be read: {error.strerror}.", 2)
    from autograder.grading.launch import Hosts
    from autograder.grading.result import GradingError

    try:
        with Hosts(jobs=1) as hosts:
            hosts.start()  # they have as much to import as this process, so they begin before it
            from autograder.grading.attempt import try_answers
            from autograder.grading.course import Course

            result = try_answers(Course.open(course_dir), assignment, problem, [text], hosts)[0]
    except GradingError as error:
        _stop(str(error), error.exit_code)
    except KeyboardInterrupt:
        _stop("Stopped.", 1)
    if as_json:
        print(json.dumps(result.to_json(), indent=2, ensure_ascii=False))
    else:
        _print_attempt(Console(), result)
    raise typer.Exit(0 if result.passed else 1)


@app.command()
def check(
    assignment: Annotated[
        str | None,
        typer.Argument(
            metavar="ASSIGNMENT",
            help="The assignment, such as 01-tape-scope. [default: all in which you changed an answer]",
            show_default=False,
        ),
    ] = None,
    course_dir: CourseDir = None,
) -> None:
    """Grade your own notebook, hidden tests included, and show the next hint where it helps.

    What counts is the notebook as it is saved. Your progress is kept in progress.json.
    """
    from autograder.grading.result import GradingError
    from autograder.studying import begun, check_and_keep, find_course
    from autograder.studying.show import check_as_text, progress_lines

    console = Console()
    solved = True
    try:
        course = find_course(course_dir)
        chosen = [assignment] if assignment else begun(course)
        if not chosen:
            _stop(
                f"No answer in {course.root / course.coursedir.release_directory} has been changed yet. "
                "Save your notebook first, or name the assignment.",
                1,
            )
        for name in chosen:
            with console.status(f"Running {name} …"):
                own, known = check_and_keep(course, name)
            solved = solved and own.solved
            _say(console, check_as_text(own, known), "")
        _say(console, *progress_lines(known))
    except GradingError as error:
        _stop(str(error), error.exit_code)
    except KeyboardInterrupt:
        _stop("Stopped. What was checked before is kept.", 1)
    raise typer.Exit(0 if solved else 1)


@app.command()
def reset(
    assignment: Annotated[str, typer.Argument(help="The assignment, such as 01-tape-scope.")],
    problem: Annotated[str, typer.Argument(help="The problem: the grade id of its answer cell.")],
    course_dir: CourseDir = None,
) -> None:
    """Put one answer of your own notebook back to how it was given; the attempt stays below it.

    For a notebook that is closed. In an open one, write reset("PROBLEM") into the answer cell and run it.
    """
    from autograder.grading.result import GradingError
    from autograder.sentences import Sentence
    from autograder.studying import find_course
    from autograder.studying.reset import reset_file

    try:
        file = reset_file(find_course(course_dir).folder("release", ".", assignment), problem)
    except GradingError as error:
        _stop(str(error), error.exit_code)
    except Sentence as error:
        _stop(str(error), 2 if isinstance(error, LookupError) else 1)
    _say(
        Console(),
        f"{problem} in {file} is as it was given; what you had written stands below it.",
        "If the notebook is open, take “Reload Notebook from Disk” in its File menu before you save.",
    )


@app.command()
def update(course_dir: CourseDir = None) -> None:
    """Bring the newest version of the course, and put your answers into it.

    Files that you changed are copied into the folder “kept” first.
    """
    from autograder.sentences import Sentence
    from autograder.studying import find_course
    from autograder.studying.update import update

    try:
        _say(Console(), *update(find_course(course_dir).root))
    except Sentence as error:
        _stop(str(error), 1)


@app.command()
def progress(
    course_dir: CourseDir = None,
    carried: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Add what a progress.json from elsewhere holds."),
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--page", metavar="FILE.html", help="Write it as a page as well.")
    ] = None,
) -> None:
    """Show what you have solved, what is next, and which faults you can diagnose by now.

    To carry your progress to another machine, take the file progress.json with you.
    """
    from autograder.grading.result import GradingError
    from autograder.studying import find_course
    from autograder.studying.progress import FILE, read_progress, write_progress
    from autograder.studying.show import Shown, as_page

    console = Console()
    try:
        file = find_course(course_dir).root / FILE
        known = read_progress(file)
        if carried is not None:
            if not carried.is_file():
                _stop(f"There is no file {carried}.", 2)
            known = known.joined(read_progress(carried))
            write_progress(known, file)
        _say(console, repr(Shown(known)))
        if page is not None:
            _write_text(as_page(known), page)
            _say(console, f"Page: {page}")
    except GradingError as error:
        _stop(str(error), error.exit_code)


@app.command(name="new-problem")
def new_problem(
    assignment: Annotated[str, typer.Argument(help="The assignment, such as 01-tape-scope.")],
    name: Annotated[str, typer.Argument(help="The new problem's name, such as second-sensor.")],
    course_dir: CourseDir = None,
) -> None:
    """Add a problem to an assignment, from a template that runs; for authors of the course."""
    from autograder.authoring.new_problem import add_problem
    from autograder.sentences import Sentence
    from autograder.studying import find_course

    try:
        written = add_problem(find_course(course_dir).root, assignment, name)
    except Sentence as error:
        _stop(str(error), 2)
    _say(Console(), *(f"wrote {path}" for path in written))
    _say(Console(), f"Now look for TODO, then “make notebooks” and “autograder check-problem {name}”.")


@app.command(name="check-problem")
def check_problem(
    name: Annotated[str, typer.Argument(help="The problem: the grade id of its answer cell.")],
    course_dir: CourseDir = None,
) -> None:
    """Say whether a problem is ready for students: not solved as given, with hints and attempts, no leak."""
    from autograder.authoring.problem_check import check_problem
    from autograder.authoring.sources import SourceError
    from autograder.sentences import Sentence
    from autograder.studying import find_course

    try:
        said = check_problem(find_course(course_dir), name)
    except (Sentence, SourceError) as error:
        _stop(str(error), 2)
    _say(Console(), *(said or [f"{name} is ready."]))
    raise typer.Exit(1 if said else 0)


@app.command(context_settings={"allow_interspersed_args": True})
def diagnose(
    script: Annotated[Path, typer.Argument(metavar="SCRIPT.py", help="A training script.")],
    arguments: Annotated[
        list[str] | None,
        typer.Argument(metavar="[-- ARGS]", help="The script's own arguments, after --.", show_default=False),
    ] = None,
    steps: Annotated[
        int | None,
        typer.Option(
            "--steps",
            min=1,
            metavar="N",
            help="Training steps to watch. [default: 30, and on if something new comes soon after]",
            show_default=False,
        ),
    ] = None,
    seconds: Annotated[
        float, typer.Option("--seconds", min=1, metavar="S", help="Time after which the script is ended.")
    ] = 60,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print the result as JSON; the script's output goes to standard error."),
    ] = False,
) -> None:
    """Run a training script for a few steps, and say which variables don't learn, and why."""
    from autograder.running import own_output, quiet_tensorflow, reason_not_to_run, report_progress

    reason = reason_not_to_run(script)
    if reason:
        _stop(reason, 2)
    quiet_tensorflow()
    with own_output(to_stderr=as_json) as output:
        from autograder.diagnosis import diagnose_script

        diagnosis = diagnose_script(script, steps, arguments or [], seconds, report_progress)
        if as_json:
            output.write(json.dumps(diagnosis.to_json(), indent=2, ensure_ascii=True, allow_nan=False) + "\n")
        else:
            from autograder.telling.findings import render

            render(diagnosis, Console(file=output, highlight=False))
    raise typer.Exit(0 if diagnosis.healthy else 1)


def _print_attempt(console: Console, result: Any) -> None:
    for note in result.notes:
        console.print(note, markup=False, highlight=False)
    for test in result.tests:
        mark = "✓ passed" if test.passed else "✗ not passed yet"
        console.print(
            f"{mark}: {test.name}, {test.score:g} of {test.max_score:g} points", markup=False, highlight=False
        )
        console.print(f"{test.message}\n", markup=False, highlight=False)
    console.print(
        f"{result.problem}: {result.score:g} of {result.max_score:g} points.", markup=False, highlight=False
    )


def _write_json(data: Any, file: Path) -> None:
    text = json.dumps(data, indent=2, ensure_ascii=True) + "\n"
    if str(file) == "-":
        sys.stdout.write(text)
    else:
        _write_text(text, file)


def _write_text(text: str, file: Path) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        _stop(f"The results cannot be written to {file}: {error.strerror}.", 1)


def _say(console: Console, *lines: str) -> None:
    for line in lines:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _stop(sentence: str, exit_code: int) -> NoReturn:
    """Say what is wrong, without a traceback, and leave."""
    Console(stderr=True).print(sentence, markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(exit_code)


def main() -> None:
    """Run the command line."""
    put_tools_on_path()
    try:
        app()
    except ModuleNotFoundError as error:
        if importlib.util.find_spec("nbgrader") is not None:
            raise
        print(
            f"This command is for courses and needs {error.name}, which is not installed. In a copy of the "
            "repository, “pip install '.[course,cluster]'” brings what it needs.",
            file=sys.stderr,
        )
        sys.exit(2)


if __name__ == "__main__":
    main()
