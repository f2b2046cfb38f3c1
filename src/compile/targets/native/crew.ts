import { LIMITS } from '../../../language/limits.ts';

/**
 * The threads of the process: one crew for all programs, which its callers use in turn; one that finds it at work does all
 * itself. A thread that has nothing to do waits for a while at hand, since the next statement comes soon, and then sleeps;
 * so does who waits for the others: where there are fewer cores than threads, waiting at hand keeps them from what is waited for.
 */
export const CREW = `#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

typedef void turns(const void *given, int from, int to);

/* Threads beside the caller's, and nanoseconds that one waits at hand. */
enum { MOST = ${LIMITS.threads - 1}, AT_HAND = 30000, LINE = 64 };

struct task {
  turns *of;
  const void *given;
  int count, threads;
};

struct member {
  atomic_uint tasks;
  atomic_int asleep;
  pthread_mutex_t mutex;
  pthread_cond_t wake;
} __attribute__((aligned(LINE)));

static struct {
  atomic_flag busy;
  int members;
  struct task task;
  atomic_int left __attribute__((aligned(LINE)));
  atomic_int asleep;
  pthread_mutex_t mutex;
  pthread_cond_t wake;
} crew = {ATOMIC_FLAG_INIT, 0, {0, 0, 0, 0}, 0, 0, PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER};

static struct member members[MOST];

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * (int64_t)1000000000 + time.tv_nsec;
}

static void pause_once(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/* Waits at hand until a number changes, or is 0; whether it did. */
#define AT_HAND_UNTIL(condition) ({ \\
  const int64_t begun = now(); \\
  int met; \\
  do \\
    for (int k = 0; !(met = (condition)) && k < 32; k++) pause_once(); \\
  while (!met && now() - begun < AT_HAND); \\
  met; \\
})

/* The share of one thread: whole lines of the cache where there are many. */
static int border(const struct task *task, int thread) {
  const int step = task->count >= 64 * task->threads ? 16 : 1;
  return thread == task->threads ? task->count : (int)((int64_t)task->count * thread / task->threads / step * step);
}

static void do_share(const struct task *task, int thread) {
  const int from = border(task, thread), to = border(task, thread + 1);
  if (from < to) task->of(task->given, from, to);
}

static void *serve(void *which) {
  struct member *const self = which;
  const int thread = (int)(self - members) + 1;
  unsigned seen = 0;
  for (;;) {
    if (!AT_HAND_UNTIL(atomic_load(&self->tasks) != seen)) {
      pthread_mutex_lock(&self->mutex);
      atomic_store(&self->asleep, 1);
      while (atomic_load(&self->tasks) == seen) pthread_cond_wait(&self->wake, &self->mutex);
      atomic_store(&self->asleep, 0);
      pthread_mutex_unlock(&self->mutex);
    }
    seen = atomic_load(&self->tasks);
    do_share(&crew.task, thread);
    if (atomic_fetch_sub(&crew.left, 1) == 1 && atomic_load(&crew.asleep)) {
      pthread_mutex_lock(&crew.mutex);
      pthread_cond_signal(&crew.wake);
      pthread_mutex_unlock(&crew.mutex);
    }
  }
  return 0;
}

/* As many as are wanted, if the system has them; signals stay with the threads that Node has for them. */
static void gather(int wanted) {
  if (wanted > MOST) wanted = MOST;
  if (crew.members >= wanted) return;
  if (crew.members == 0) {
    /* The code of a thread must stay where it is, though the worker that loaded it ends. */
    Dl_info own;
    if (!dladdr((void *)gather, &own) || !dlopen(own.dli_fname, RTLD_NOW | RTLD_NODELETE)) return;
  }
  sigset_t all, before;
  pthread_attr_t apart;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_attr_init(&apart);
  pthread_attr_setdetachstate(&apart, PTHREAD_CREATE_DETACHED);
  while (crew.members < wanted) {
    struct member *const member = &members[crew.members];
    pthread_t thread;
    pthread_mutex_init(&member->mutex, 0);
    pthread_cond_init(&member->wake, 0);
    if (pthread_create(&thread, &apart, serve, member)) break;
    crew.members++;
  }
  pthread_attr_destroy(&apart);
  pthread_sigmask(SIG_SETMASK, &before, 0);
}

/* The count in as many shares as there are threads wanted, whoever does them: the same numbers each time. */
static void share(int threads, turns *of, const void *given, int count) {
  const struct task task = {of, given, count, threads};
  if (atomic_flag_test_and_set(&crew.busy)) {
    for (int thread = 0; thread < threads; thread++) do_share(&task, thread);
    return;
  }
  gather(threads - 1);
  const int helping = crew.members < threads - 1 ? crew.members : threads - 1;
  crew.task = task;
  atomic_store(&crew.left, helping);
  for (int k = 0; k < helping; k++) {
    struct member *const member = &members[k];
    atomic_fetch_add(&member->tasks, 1);
    if (!atomic_load(&member->asleep)) continue;
    pthread_mutex_lock(&member->mutex);
    pthread_cond_signal(&member->wake);
    pthread_mutex_unlock(&member->mutex);
  }
  do_share(&task, 0);
  for (int thread = helping + 1; thread < threads; thread++) do_share(&task, thread);
  if (!AT_HAND_UNTIL(atomic_load(&crew.left) == 0)) {
    pthread_mutex_lock(&crew.mutex);
    atomic_store(&crew.asleep, 1);
    while (atomic_load(&crew.left) != 0) pthread_cond_wait(&crew.wake, &crew.mutex);
    atomic_store(&crew.asleep, 0);
    pthread_mutex_unlock(&crew.mutex);
  }
  atomic_flag_clear(&crew.busy);
}
`;

/** What who shares work says: how to call the crew, if it has one. */
export const SHARING = `typedef void turns(const void *given, int from, int to);
typedef void sharing(int threads, turns *of, const void *given, int count);
`;
