CREATE TABLE "drill_grade" (
	"run_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"result" text NOT NULL,
	"input_hash" text COLLATE "C" NOT NULL,
	"log_seq" bigint NOT NULL,
	"log_hash" text COLLATE "C" NOT NULL,
	"published_by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "drill_grade_run_id_version_pk" PRIMARY KEY("run_id","version")
);
--> statement-breakpoint
CREATE TABLE "drill_participation" (
	"drill_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"form" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"held_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "drill_participation_drill_id_person_id_pk" PRIMARY KEY("drill_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "drill_report" (
	"run_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"facts" text NOT NULL,
	"analysis" text COLLATE "C" NOT NULL,
	"advice" text COLLATE "C" NOT NULL,
	"conclusion" text COLLATE "C" NOT NULL,
	"updated_by" text COLLATE "C" NOT NULL,
	"updated_at" bigint NOT NULL,
	"signed_by" text COLLATE "C",
	"signed_on" text COLLATE "C",
	"scan_id" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "finding" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"drill_id" text COLLATE "C" NOT NULL,
	"run_id" text COLLATE "C" NOT NULL,
	"path" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"severity" text COLLATE "C" NOT NULL,
	"plan_key" text COLLATE "C" NOT NULL,
	"clause_no" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"due_on" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"needs_plan_revision" boolean NOT NULL,
	"plan_version_id" text COLLATE "C",
	"revision_waived_by" text COLLATE "C",
	"revision_waiver" text COLLATE "C" NOT NULL,
	"remedy" text COLLATE "C" NOT NULL,
	"submitted_by" text COLLATE "C",
	"verified_by" text COLLATE "C",
	"waived_by" text COLLATE "C",
	"waiver" text COLLATE "C" NOT NULL,
	"retest_run_id" text COLLATE "C",
	"retest" text COLLATE "C" NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE INDEX "drill_participation_person" ON "drill_participation" USING btree ("person_id","held_on");--> statement-breakpoint
CREATE UNIQUE INDEX "finding_source" ON "finding" USING btree ("run_id","source");--> statement-breakpoint
CREATE INDEX "finding_drill" ON "finding" USING btree ("drill_id");--> statement-breakpoint
CREATE INDEX "finding_path" ON "finding" USING btree ("path","state");